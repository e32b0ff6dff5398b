"""``/corpus withdraw`` and ``restore``: what would change, then the change."""

from __future__ import annotations

import unicodedata

from bot.actions import Action, Target
from bot.catalogue.administering import REASONS, CorpusRefusal, CorpusSentence, WithdrawReason
from bot.catalogue.lines import Line
from bot.catalogue.parameters import ArticleId, Count
from bot.catalogue.refusals import Refusal
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.recording import key_of
from bot.conversation.responses import Handler, Open, Pressed, Response, Show, Sweep, Way
from bot.conversation.servers import CORPUS_COMMAND, check_administrator, require_own_corpus
from bot.conversation.sources.article_screen import find_state, title_piece
from bot.conversation.sources.naming import find_article
from bot.conversation.sources.refreshing import refresh_index
from bot.ledger import answers
from bot.ledger.following import actor_name, follow_all
from bot.rendering.screen import (
    Audience,
    Block,
    Button,
    Buttons,
    FieldKind,
    Form,
    FormField,
    Look,
    Row,
    Screen,
    Style,
)
from corpus.errors import ArticleState, UnknownArticle
from corpus.records import State
from retrieval.indexing.writing import source_fields

NOTE = "note"
MAX_NOTE_CHARS = 300

# Why nothing is done, by the state an article is in.
IN_STATE = {
    State.ACTIVE: CorpusRefusal.NOT_WITHDRAWN,
    State.WITHDRAWN: CorpusRefusal.WITHDRAWN_ALREADY,
    State.PURGED: CorpusRefusal.PURGED,
}

# A reason stands on a button as its place in the list, from 1; new ones come last.
REASON_LIST = tuple(WithdrawReason)


def withdraw(desk: Desk, actor: Actor, named: str, reason: WithdrawReason) -> Show:
    """Show what withdrawing an article, named by its id or title, would change, and ask.

    Raises
    ------
    Refused
        If the actor may not, this server has no such article, or it is not quoted anyway.
    """
    article_id, title, posted = _find(desk, actor, named, State.ACTIVE)
    target = Target(Action.WITHDRAW_NOW, article_id, REASON_LIST.index(reason) + 1)
    return _ask(
        Row((Line(CorpusSentence.WITHDRAW_TITLE),), Style.TITLE),
        title,
        Row((Line(CorpusSentence.BECAUSE), Line(REASONS[reason]))),
        Row((Line(CorpusSentence.WILL_CHANGE, (posted,)),)),
        Row((Line(CorpusSentence.TEXT_STAYS),), Style.QUIET),
        button=Button(target, Line(CorpusSentence.WITHDRAW), Look.DANGER),
    )


def restore(desk: Desk, actor: Actor, named: str) -> Show:
    """Show what quoting a withdrawn article again would change, and ask; refused as `withdraw`."""
    article_id, title, posted = _find(desk, actor, named, State.WITHDRAWN)
    target = Target(Action.RESTORE_NOW, article_id)
    return _ask(
        Row((Line(CorpusSentence.RESTORE_TITLE),), Style.TITLE),
        title,
        Row((Line(CorpusSentence.WILL_RETURN, (posted,)),)),
        button=Button(target, Line(CorpusSentence.RESTORE), Look.MAIN),
    )


def _find(desk: Desk, actor: Actor, named: str, wanted: State) -> tuple[str, Row, Count]:
    """Return an article's id and title, and how many messages of the server show its words.

    Raises
    ------
    Refused
        If the actor may not change it, there is none, or it is not in the state that is wanted.
    """
    with desk.store.reading() as connection:
        collection = require_own_corpus(connection, actor).collection
        article_id = find_article(desk, connection, collection, named)
        state, _ = find_state(desk.store.history(connection, collection, article_id))
        if state is not wanted:
            raise Refused(Line(IN_STATE[state]))
        fields = source_fields(desk.store.source(connection, collection, article_id))
        posted = answers.count_posted(connection, actor.server_id, collection, article_id)
    return article_id, Row((title_piece(article_id, fields),), Style.STRONG), Count(posted)


def _ask(*rows: Block, button: Button) -> Show:
    cancel = Button(Target(Action.CANCEL), Line(CorpusSentence.CANCEL))
    return Show(Screen((*rows, Buttons((button, cancel))), Audience.MODERATORS))


def _withdraw_now(desk: Desk, actor: Actor, pressed: Pressed) -> Response:
    """Open the form for a note when pressed; withdraw when the form comes back."""
    check_administrator(actor, CORPUS_COMMAND)
    if not 1 <= pressed.target.page <= len(REASON_LIST):
        raise Refused(Line(CorpusRefusal.UNKNOWN_REASON))
    reason = REASON_LIST[pressed.target.page - 1]
    if NOTE not in pressed.fields:
        return Open(_note_form(pressed.target))
    note = _one_line(pressed.fields[NOTE])
    said = Line(REASONS[reason]).text
    return _change(desk, actor, pressed.target, reason=f"{said} {note}".strip())


def _restore_now(desk: Desk, actor: Actor, pressed: Pressed) -> Show:
    reason = Line(CorpusSentence.RESTORED_FROM_CHAT).text
    return _change(desk, actor, pressed.target, reason=reason)


def _note_form(target: Target) -> Form:
    note = FormField(
        NOTE,
        Line(CorpusSentence.NOTE),
        FieldKind.LINE,
        about=Line(CorpusSentence.NOTE_ABOUT),
        most=MAX_NOTE_CHARS,
    )
    return Form(target, Line(CorpusSentence.WITHDRAW_FORM), (note,))


def _change(desk: Desk, actor: Actor, target: Target, *, reason: str) -> Show:
    """Withdraw or restore: article, audit log and the queue of corrections in one commit."""
    is_withdrawal = target.action is Action.WITHDRAW_NOW
    change = desk.store.withdraw if is_withdrawal else desk.store.restore
    with desk.store.transaction() as connection:
        collection = require_own_corpus(connection, actor).collection
        by = actor_name(key_of(desk, connection, actor))
        try:
            change(connection, collection, target.key, reason=reason, at=desk.now(), by=by)
        except (UnknownArticle, ValueError) as error:
            raise Refused(Line(Refusal.NO_ARTICLE)) from error
        except ArticleState as error:
            raise Refused(Line(Refusal.CHANGED)) from error
        posted = answers.count_posted(connection, actor.server_id, collection, target.key)
        follow_all(connection, at=desk.now())
    is_current = refresh_index(desk, collection)
    done = CorpusSentence.WITHDRAWN if is_withdrawal else CorpusSentence.RESTORED
    changes = CorpusSentence.WILL_CHANGE if is_withdrawal else CorpusSentence.WILL_RETURN
    rows = [
        Row((Line(done, (ArticleId(target.key),)),)),
        Row((Line(changes, (Count(posted),)),)),
    ]
    if posted:
        rows.append(Row((Line(CorpusSentence.STATUS_TELLS),), Style.QUIET))
    if not is_current:
        rows.append(Row((Line(CorpusSentence.INDEX_BEHIND),)))
    return Show(Screen(tuple(rows), Audience.MODERATORS), effects=(Sweep(),))


def _one_line(note: str) -> str:
    """Return a note as the article's history can keep it: one line, without control characters."""
    kept = "".join(
        " " if unicodedata.category(character) in {"Cc", "Cs"} else character for character in note
    )
    return " ".join(kept.split())[:MAX_NOTE_CHARS]


HANDLERS = {
    Action.WITHDRAW_NOW: Handler(_withdraw_now, Way.FORM, form_way=Way.REPLACE),
    Action.RESTORE_NOW: Handler(_restore_now, Way.REPLACE),
}
