"""Reading back the texts that were cited."""

from __future__ import annotations

from corpus.errors import CorpusError
from corpus.store import ArticleStore
from retrieval.verification import ReadText


def text_reader(store: ArticleStore, collection: str) -> ReadText:
    """Return a function from article id and version to the text stored in a collection.

    It gives None for what is not stored, is purged, or is no longer what it was.
    """

    def read_text(article_id: str, version: int) -> str | None:
        try:
            with store.reading() as connection:
                return store.get(connection, collection, article_id, version).text
        except (CorpusError, ValueError):  # a ValueError: no name or id that could be stored
            return None

    return read_text
