"""The record of one article as a screen: each field with how it is known, and what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.catalogue.answers import AnswerSentence
from bot.catalogue.browsing import BrowsingSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import ArticleId, Count, Day, Key, LanguageTag, Member, Moment, Number
from bot.ledger.moments import read_moment
from bot.operator import QUOTH_ITSELF
from bot.rendering.message import FieldName, FieldText
from bot.rendering.screen import Block, LinkedTitle, Row, Rule, Style
from corpus.article import Basis, BasisKind, Source
from corpus.records import Action, Event, State, VersionSummary
from retrieval.answer import SourceFields
from retrieval.indexing.writing import source_fields

MAX_LINKED_CHARS = 500  # a longer address would leave no room for the record
MAX_CHANGES = 8  # listed; the first, which says who added it, is one of them

FIELDS = {
    FieldName.TITLE: BrowsingSentence.TITLE,
    FieldName.PUBLISHER: BrowsingSentence.PUBLISHER,
    FieldName.AUTHOR: BrowsingSentence.AUTHOR,
    FieldName.PUBLISHED: BrowsingSentence.PUBLISHED,
    FieldName.URL: BrowsingSentence.URL,
}
BASES = {
    BasisKind.ARTICLE: BrowsingSentence.STANDS,
    BasisKind.METADATA: BrowsingSentence.METADATA,
    BasisKind.SIDECAR: BrowsingSentence.SIDECAR,
    BasisKind.OPERATOR: BrowsingSentence.OPERATOR,
}
STATES_AFTER = {
    Action.WITHDRAWN: State.WITHDRAWN,
    Action.RESTORED: State.ACTIVE,
    Action.PURGED: State.PURGED,
}
CHANGES = {
    Action.SOURCE_CORRECTED: BrowsingSentence.RECORD_CORRECTED,
    Action.WITHDRAWN: BrowsingSentence.WITHDRAWN_AT,
    Action.RESTORED: BrowsingSentence.RESTORED_AT,
}


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """What is kept about an article beside its text.

    Parameters
    ----------
    source : corpus.article.Source
        Nothing is known in that of a purged article.
    version : corpus.records.VersionSummary
        The current one.
    events : sequence of corpus.records.Event
        What was done to it, first to last; there is at least one.
    people : mapping of str to (int or None)
        For each member that an event names, who that is; None once they are forgotten.
    """

    article_id: str
    source: Source
    version: VersionSummary
    events: Sequence[Event]
    people: Mapping[str, int | None]


def find_state(events: Sequence[Event]) -> tuple[State, Event]:
    """Return an article's state, and the event that made it so."""
    for event in reversed(events):
        if event.action in STATES_AFTER:
            return STATES_AFTER[event.action], event
    return State.ACTIVE, events[0]


def title_piece(article_id: str, source: SourceFields) -> FieldText | Line:
    """Return what an article is listed by: its title, else its file, else its id."""
    for name in (FieldName.TITLE, FieldName.FILE):
        if getattr(source, name):
            return FieldText(source, name)
    return Line(BrowsingSentence.UNNAMED, (ArticleId(article_id),))


def state_line(events: Sequence[Event]) -> Line | None:
    """Return the line of an article that may not be quoted; None for any other."""
    state, event = find_state(events)
    day = Day(read_moment(event.at).date())
    if state is State.PURGED:
        return Line(BrowsingSentence.PURGED, (day,))
    return Line(BrowsingSentence.WITHDRAWN, (day,)) if state is State.WITHDRAWN else None


def article_blocks(record: KeptRecord) -> Iterator[Block]:
    """Yield the record from top to bottom; of a purged article, that it is one and nothing else."""
    state = state_line(record.events)
    if find_state(record.events)[0] is State.PURGED:
        yield Row((Line(BrowsingSentence.UNNAMED, (ArticleId(record.article_id),)),), Style.TITLE)
        assert state is not None
        yield Row((state,))
        return
    fields = source_fields(record.source)
    yield Row((_linked_title(record.article_id, fields),), Style.TITLE)
    if state is not None:
        yield Row((state,), Style.STRONG)
    yield Rule()
    for name, label in FIELDS.items():
        yield _field_row(fields, name, label, record.source.basis.get(name))
    yield _language_row(record.source)
    if fields.file:
        yield Row((Line(BrowsingSentence.FILE), FieldText(fields, FieldName.FILE)))
    yield Rule()
    yield from _version_rows(record)
    yield from _change_rows(record)


def _linked_title(article_id: str, fields: SourceFields) -> LinkedTitle | FieldText | Line:
    title = title_piece(article_id, fields)
    if not fields.url or len(fields.url) > MAX_LINKED_CHARS:
        return title
    return LinkedTitle(title, FieldText(fields, FieldName.URL))


def _field_row(
    fields: SourceFields, name: FieldName, label: BrowsingSentence, basis: Basis | None
) -> Row:
    if getattr(fields, name):
        return Row((Line(label), FieldText(fields, name), *_basis_lines(basis)))
    if name is FieldName.PUBLISHED:
        return Row((Line(label), Line(AnswerSentence.NO_DATE)))
    return Row((Line(label), Line(BrowsingSentence.NOT_GIVEN)))


def _language_row(source: Source) -> Row:
    """Return the language's row."""
    if source.language is None:
        return Row((Line(BrowsingSentence.LANGUAGE_NOT_GIVEN),))
    line = Line(BrowsingSentence.LANGUAGE, (LanguageTag(source.language),))
    return Row((line, *_basis_lines(source.basis.get("language"))))


def _basis_lines(basis: Basis | None) -> tuple[Line, ...]:
    """Return how a field is known; what somebody noted beside it is theirs and not shown."""
    if basis is None:
        return ()
    if basis.kind is BasisKind.ARTICLE and basis.span is not None:
        place = Number(basis.span.start), Number(basis.span.end)
        return (Line(BrowsingSentence.STANDS_AT, place),)
    return (Line(BASES[basis.kind]),)


def _version_rows(record: KeptRecord) -> Iterator[Row]:
    version = record.version
    numbers = ArticleId(record.article_id), Number(version.version), Count(version.chars)
    yield Row((Line(BrowsingSentence.IDENTITY, numbers),), Style.QUIET)
    yield Row((Line(BrowsingSentence.TEXT_HASH, (Key(version.sha256),)),), Style.QUIET)


def _change_rows(record: KeptRecord) -> Iterator[Row]:
    """Yield who added it and the latest changes, oldest first."""
    first, *later = record.events
    latest = later[-(MAX_CHANGES - 1) :]
    yield Row((_change_line(first, record.people),), Style.ITEM)
    if len(latest) < len(later):
        count = Count(len(later) - len(latest))
        yield Row((Line(BrowsingSentence.EARLIER_CHANGES, (count,)),), Style.ITEM)
    for event in latest:
        yield Row((_change_line(event, record.people),), Style.ITEM)


def _change_line(event: Event, people: Mapping[str, int | None]) -> Line:
    at = Moment(read_moment(event.at))
    if event.action in CHANGES:
        return Line(CHANGES[event.action], (at,))
    by_member, by_gone, by_operator, by_quoth = _ADDED if event.version == 1 else _VERSION
    number = () if event.version == 1 else (Number(event.version or 0),)
    if event.by not in people:
        return Line(by_quoth if event.by == QUOTH_ITSELF else by_operator, (*number, at))
    user = people[event.by]
    return (
        Line(by_gone, (*number, at))
        if user is None
        else Line(by_member, (*number, at, Member(user)))
    )


_ADDED = (
    BrowsingSentence.ADDED_BY_MEMBER,
    BrowsingSentence.ADDED_BY_GONE,
    BrowsingSentence.ADDED_BY_OPERATOR,
    BrowsingSentence.ADDED_BY_QUOTH,
)
_VERSION = (
    BrowsingSentence.VERSION_BY_MEMBER,
    BrowsingSentence.VERSION_BY_GONE,
    BrowsingSentence.VERSION_BY_OPERATOR,
    BrowsingSentence.VERSION_BY_QUOTH,
)
