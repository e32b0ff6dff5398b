"""``/corpus add``: files of articles into a server's own collection, within its quota."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from bot.catalogue.administering import CorpusRefusal, CorpusSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Count, Number
from bot.conversation.actors import Actor
from bot.conversation.desk import Desk, Refused
from bot.conversation.recording import key_of
from bot.conversation.responses import Show, Sweep
from bot.conversation.servers import require_own_corpus
from bot.conversation.sources.attachments import Received, TooManyArticles, read_attachments
from bot.conversation.sources.refreshing import refresh_index
from bot.ledger.following import actor_name, follow_all
from bot.rendering.screen import Audience, Row, Screen, Style, TypedText
from corpus.ingest import IngestReport, take_in
from corpus.usage import measure_usage

MAX_REFUSALS_SHOWN = 10
MAX_REFUSAL_CHARS = 150  # ten of them fit on a screen, whatever they are made of


def check_adding(desk: Desk, actor: Actor, sizes: Sequence[int]) -> None:
    """Refuse files before they are fetched, by who sends them and their sizes in bytes.

    Raises
    ------
    Refused
        If this member may add nothing here, there are no files, or no server may have so many
        bytes of articles.
    """
    with desk.store.reading() as connection:
        require_own_corpus(connection, actor)
    most = desk.settings.server_bytes
    if not sizes:
        raise Refused(Line(CorpusRefusal.NO_FILES))
    if sum(sizes) > most:
        raise Refused(Line(CorpusRefusal.TOO_MANY_BYTES, (Count(sum(sizes)), Count(most))))


def add_files(desk: Desk, actor: Actor, files: Sequence[tuple[str, bytes]]) -> Show:
    """Add the articles of files, given as names and bytes, and say what became of each.

    What can be read is added, what cannot is named with its reason; beyond the quota nothing is.

    Raises
    ------
    Refused
        As `check_adding` says, or if the server would have more than its quota.
    """
    check_adding(desk, actor, [len(content) for _, content in files])
    received = _read(desk, files)
    with desk.store.transaction() as connection:
        server = require_own_corpus(connection, actor)
        report = take_in(
            desk.store,
            connection,
            received.items,
            collection=server.collection,
            at=desk.now(),
            by=actor_name(key_of(desk, connection, actor)),
        )
        if report.new or report.new_versions:
            _check_quota(desk, connection, server.collection)
        follow_all(connection, at=desk.now())
    is_current = refresh_index(desk, server.collection)
    changed = bool(report.new_versions or report.corrected)
    screen = _report(report, received.badly_named, is_current=is_current)
    return Show(screen, effects=(Sweep(),) if changed else ())


def _read(desk: Desk, files: Sequence[tuple[str, bytes]]) -> Received:
    most = desk.settings.server_articles
    try:
        return read_attachments(files, max_bytes=desk.settings.max_file_bytes, max_articles=most)
    except TooManyArticles as error:
        raise Refused(Line(CorpusRefusal.TOO_MANY_READ, (Count(most),))) from error


def _check_quota(desk: Desk, connection: Connection, collection: str) -> None:
    """Raise Refused, which undoes the transaction, if a collection holds more than it may."""
    usage = measure_usage(connection, collection)
    most = desk.settings.server_articles
    if usage.articles > most:
        raise Refused(Line(CorpusRefusal.ARTICLES_FULL, (Count(usage.articles), Count(most))))
    most = desk.settings.server_bytes
    if usage.stored_bytes > most:
        raise Refused(Line(CorpusRefusal.BYTES_FULL, (Count(usage.stored_bytes), Count(most))))


def _report(report: IngestReport, badly_named: Sequence[int], *, is_current: bool) -> Screen:
    changed = report.new or report.new_versions or report.corrected
    title = CorpusSentence.ADDED if changed else CorpusSentence.NOTHING_ADDED
    rows = [Row((Line(title),), Style.TITLE), *_count_rows(report)]
    rows += _refusal_rows(report, badly_named)
    if report.new_versions or report.corrected:
        rows.append(Row((Line(CorpusSentence.ANSWERS_FOLLOW),)))
    if not is_current:
        rows.append(Row((Line(CorpusSentence.INDEX_BEHIND),)))
    return Screen(tuple(rows), Audience.MODERATORS)


def _count_rows(report: IngestReport) -> Iterator[Row]:
    counts = (
        (CorpusSentence.NEW, report.new),
        (CorpusSentence.NEW_VERSIONS, report.new_versions),
        (CorpusSentence.CORRECTED, report.corrected),
        (CorpusSentence.UNCHANGED, report.unchanged),
    )
    for sentence, ids in counts:
        if ids:
            yield Row((Line(sentence, (Count(len(ids)),)),), Style.ITEM)


def _refusal_rows(report: IngestReport, badly_named: Sequence[int]) -> Iterator[Row]:
    """Yield why files and articles were refused; what they hold is for administrators' eyes."""
    pieces: list[Line | TypedText] = [
        Line(CorpusSentence.BADLY_NAMED, (Number(number),)) for number in badly_named
    ]
    pieces += [TypedText(f"{one.where}: {one.reason}") for one in report.refused]
    if not pieces:
        return
    yield Row((Line(CorpusSentence.REFUSED, (Count(len(pieces)),)),), Style.STRONG)
    for piece in pieces[:MAX_REFUSALS_SHOWN]:
        yield Row((piece,), Style.ITEM, most=MAX_REFUSAL_CHARS)
    if len(pieces) > MAX_REFUSALS_SHOWN:
        more = Count(len(pieces) - MAX_REFUSALS_SHOWN)
        yield Row((Line(CorpusSentence.MORE_REFUSED, (more,)),), Style.ITEM)
