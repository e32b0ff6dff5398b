"""Which collection is asked, and the last check of an answer before anybody sees it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.failures import UnknownCollection
from bot.first_run import MAIN_COLLECTION, ensure_starter
from bot.standing_notes import keep_notes
from corpus.directory import DataDirectory
from corpus.samples import STARTER_COLLECTION
from retrieval.answer import Abstention, Answer, Note, NoteKind, Reason
from retrieval.answering import Request, answer_question
from retrieval.indexing.generations import is_empty, open_index
from retrieval.indexing.index import Index
from retrieval.verification import ReadText, verify_quotes


@dataclass(frozen=True, slots=True)
class Asked:
    """An open collection, and whether it stands in for an empty one."""

    index: Index
    stands_in: bool


def open_collection(
    directory: DataDirectory, collection: str | None, *, announce: Callable[[str], None]
) -> Asked:
    """Open the collection to ask: the named one, else ``main``, else ``starter`` while it is empty.

    Raises
    ------
    UnknownCollection
        If a collection is named that does not exist.
    corpus.errors.CorpusError
        As `open_index` and `ensure_starter` say.
    """
    if not directory.root.is_dir():
        directory.prepare()
    stands_in = collection is None and is_empty(directory, MAIN_COLLECTION)
    chosen = STARTER_COLLECTION if stands_in else collection or MAIN_COLLECTION
    if chosen == STARTER_COLLECTION:
        ensure_starter(directory, announce)
    elif not _is_known(directory, chosen):
        raise UnknownCollection(
            f"there is no collection {chosen!r} in {directory.root}; "
            f"add articles with 'quoth corpus add PATH --collection {chosen}'"
        )
    return Asked(open_index(directory, chosen), stands_in)


def _is_known(directory: DataDirectory, collection: str) -> bool:
    """Return whether a collection was ever added to; its index may have been removed by hand."""
    if directory.index(collection).is_dir():
        return True
    from corpus.store import ArticleStore  # noqa: PLC0415 - only where an index is missing

    store = ArticleStore.open(directory)
    with store.reading() as connection:
        return collection in store.collections(connection)


def answer_checked(asked: Asked, request: Request) -> Answer:
    """Answer a question, and let through only quotes that are still true of the stored texts."""
    answer = answer_question(asked.index, request)
    answer = drop_unverified(answer, lambda *version: read_text(asked.index, *version))
    if not asked.stands_in:
        return answer
    return replace(answer, notes=(*answer.notes, Note(NoteKind.STARTER)))


def drop_unverified(answer: Answer, read: ReadText) -> Answer:
    """Return the answer without quotes that differ from the stored texts, and note that any do.

    The quotes that stay keep their ranks.
    """
    kept, failed = verify_quotes(answer.quotes, read)
    if not failed:
        return answer
    return replace(
        answer,
        quotes=kept,
        notes=(*keep_notes(answer.notes, kept), Note(NoteKind.UNVERIFIED)),
        abstained=None if kept else Abstention(Reason.NO_MATCH),
    )


def read_text(index: Index, article_id: str, version: int) -> str | None:
    """Return the text of an article version in an index, or None if it is not there."""
    number = bisect_left(
        range(index.n_articles), article_id, key=lambda place: index.record(place).article_id
    )
    if number == index.n_articles:
        return None
    record = index.record(number)
    return (
        index.text(number) if (record.article_id, record.version) == (article_id, version) else None
    )
