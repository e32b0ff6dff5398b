"""Reading back the texts that were cited."""

from __future__ import annotations

from corpus.errors import CorpusError
from corpus.store import ArticleStore
from retrieval.verification import ReadText


def text_reader(store: ArticleStore) -> ReadText:
    """Return a function from article id and version to the stored text, in whichever collection.

    It gives None for what is not stored, is purged, or is no longer what it was.
    """
    with store.reading() as connection:
        collections = store.collections(connection)

    def read_text(article_id: str, version: int) -> str | None:
        for collection in collections:
            try:
                with store.reading() as connection:
                    return store.get(connection, collection, article_id, version).text
            except (CorpusError, ValueError):  # a ValueError: not an id that could be stored
                continue
        return None

    return read_text
