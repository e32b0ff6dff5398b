"""Is every quote still true? Recomputed now from the stored articles, for whoever asks."""

from __future__ import annotations

from collections.abc import Iterator

from bot.actions import Action, Target
from bot.catalogue.asking import AskingSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import ArticleId, Count, Key, Moment, Number
from bot.catalogue.refusals import Refusal
from bot.catalogue.reviewing import ReviewSentence
from bot.conversation.actors import Actor, is_moderator
from bot.conversation.answers.inspecting import paragraph_rows
from bot.conversation.answers.leafing import Leaf, leaf_screen
from bot.conversation.answers.looking import find_answer
from bot.conversation.answers.quotes import Opened, open_answer
from bot.conversation.desk import Desk, Refused
from bot.conversation.places import find_place
from bot.conversation.recalling import Gone, GoneCause
from bot.conversation.responses import Handler, Pressed, Response, Show, Way
from bot.conversation.reviews.moderating import require_moderator
from bot.conversation.servers import require_server
from bot.conversation.sources.article_screen import BASES, FIELDS
from bot.ledger import answers
from bot.ledger.records import AnswerState, Citation
from bot.rendering.answer_screen import gone_lines, ranks_on_page
from bot.rendering.message import FieldText, QuoteView
from bot.rendering.panels import source_item, source_rows
from bot.rendering.screen import Audience, Button, Look, Panel, Row, Style
from corpus.article import Source
from corpus.store import CitedArticle
from retrieval.answer import Quote
from retrieval.indexing.writing import source_fields
from retrieval.verification import MismatchKind

MOST_COPIES = 5

DIFFERS = {
    MismatchKind.MISSING: AskingSentence.NOT_STORED,
    MismatchKind.HASH: AskingSentence.OTHER_TEXT,
    MismatchKind.TEXT: AskingSentence.OTHER_WORDS,
}


def verify(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Check every quote of a page; moderators see all that it takes to judge them beside."""
    with desk.store.reading() as connection:
        record = find_answer(connection, actor, pressed.target.key)
        roles = require_server(connection, actor).settings.moderator_roles
        opened = open_answer(desk, connection, record)
    if record.reason is not None:
        raise Refused(Line(Refusal.NO_ANSWER))
    moderates = is_moderator(actor, roles)
    return _show(desk, opened, pressed.target.page, moderates=moderates)


def verify_message(desk: Desk, actor: Actor, message_id: int) -> Show:
    """Check every quote of the answer that a message shows, for a moderator.

    Raises
    ------
    Refused
        If the actor is none, or the message shows no quotes of Quoth's.
    """
    with desk.store.reading() as connection:
        require_moderator(connection, actor)
        record = answers.find_by_message(connection, actor.server_id, message_id)
        if record is None or record.state is AnswerState.DELETED or record.reason is not None:
            raise Refused(Line(Refusal.NO_ANSWER))
        opened = open_answer(desk, connection, record)
    return _show(desk, opened, 1, moderates=True)


def _show(desk: Desk, opened: Opened, page: int, *, moderates: bool) -> Show:
    record = opened.recalled.record
    can_retract = moderates and bool(opened.recalled.quotes) and find_place(record) is not None
    retract = Target(Action.RETRACT, record.answer_key)
    button = Button(retract, Line(ReviewSentence.RETRACT), Look.DANGER)
    screen = leaf_screen(
        tuple(_leaves(opened, page, moderates=moderates)),
        target=Target(Action.VERIFY, record.answer_key),
        head=(Row((Line(AskingSentence.CHECKED, (Moment(desk.now()),)),), Style.QUIET),),
        foot=(button,) if can_retract else (),
        audience=Audience.MODERATORS if moderates else Audience.EVERYONE,
    )
    return Show(screen)


def _leaves(opened: Opened, page: int, *, moderates: bool) -> Iterator[Leaf]:
    """Yield what came of each quote of a page, by rank."""
    ranks = ranks_on_page(opened.recalled, page=page)
    standing = {quote.rank: (quote, view) for quote, view in opened.shown(page)}
    gone = {each.rank: each for each in opened.recalled.gone}
    for rank in ranks:
        if rank in gone:
            panel = Panel(tuple(_gone_rows(opened, gone[rank])))
            yield Leaf(rank, panel, panel)
            continue
        quote, view = standing[rank]
        checked = tuple(_standing_rows(quote, view))
        judged = tuple(_judging_rows(opened, quote, view)) if moderates else ()
        yield Leaf(rank, Panel((*checked, *judged)), Panel(checked))


def _standing_rows(quote: Quote, view: QuoteView) -> Iterator[Row]:
    place = Number(quote.start), Number(quote.end)
    version = ArticleId(quote.article_id), Number(quote.version)
    yield Row((Line(AskingSentence.STANDS, (Number(quote.rank), *place, *version)),))
    yield from source_rows(view.source, view.words)


def _gone_rows(opened: Opened, gone: Gone) -> Iterator[Row]:
    """Yield that a quote does not stand, since when, and what differs."""
    yield Row((Line(AskingSentence.FAILS), *gone_lines(gone)))
    cited = opened.cited(gone.rank)
    article = opened.articles.get(cited.article_id)
    if gone.cause is GoneCause.CORRECTED and article is not None:
        versions = Number(cited.version), Number(article.version)
        yield Row((Line(AskingSentence.OTHER_VERSION, versions),), Style.QUIET)
    if gone.cause is GoneCause.UNVERIFIED:
        yield Row((Line(DIFFERS[_find_mismatch(cited, article)]),), Style.QUIET)


def _find_mismatch(cited: Citation, article: CitedArticle | None) -> MismatchKind:
    """Return what is not as it was quoted, of a quote that could not be verified."""
    if article is None:
        return MismatchKind.MISSING
    if article.text is None or article.sha256 != cited.sha256:
        return MismatchKind.HASH
    return MismatchKind.TEXT


def _judging_rows(opened: Opened, quote: Quote, view: QuoteView) -> Iterator[Row]:
    """Yield what it takes to judge a quote: its hash, paragraphs, source record and copies."""
    yield Row((Line(AskingSentence.TEXT_HASH, (Key(quote.sha256),)),), Style.QUIET)
    yield Row((Line(AskingSentence.CONTEXT_OF, (Number(quote.rank),)),), Style.QUIET)
    yield from paragraph_rows(quote, opened.text(quote))
    source = opened.articles[quote.article_id].source
    if source is not None:
        yield from _record_rows(source)
    yield from _copy_rows(opened, quote, view)


def _record_rows(source: Source) -> Iterator[Row]:
    """Yield each known field of a source record, and how it is known."""
    fields = source_fields(source)
    for name, label in FIELDS.items():
        if getattr(fields, name):
            basis = source.basis.get(name)
            known = () if basis is None else (Line(BASES[basis.kind]),)
            yield Row((Line(label), FieldText(fields, name), *known), Style.ITEM)


def _copy_rows(opened: Opened, quote: Quote, view: QuoteView) -> Iterator[Row]:
    """Yield where the same words stand too, and how many places do not hold them any more."""
    sources = (*view.same_words_in, *(source for _, source in view.nearly_in))
    if sources:
        yield Row((Line(AskingSentence.COPIES, (Count(len(sources)),)),), Style.QUIET)
        yield from (source_item(source) for source in sources[:MOST_COPIES])
    cited = opened.recalled.record.citations
    lost = sum(one.rank == quote.rank and one.place > 0 for one in cited) - len(sources)
    if lost:
        yield Row((Line(AskingSentence.COPIES_GONE, (Count(lost),)),), Style.QUIET)


HANDLERS = {Action.VERIFY: Handler(verify, Way.NEW)}
