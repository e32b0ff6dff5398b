"""Re-checking what answers are made from: the texts of an index, and those that were cited."""

from __future__ import annotations

from corpus.article import hash_text
from corpus.directory import DataDirectory
from corpus.errors import CorpusError, StoreCorrupt
from corpus.store import ArticleStore
from retrieval.generations import open_index
from retrieval.verification import ReadText


def check_index(directory: DataDirectory, collection: str) -> int:
    """Check every text of a collection's index against its SHA-256.

    Returns
    -------
    int
        How many articles the index holds.

    Raises
    ------
    StoreCorrupt
        At the first text that differs.
    corpus.errors.CorpusError
        As `open_index` says.
    """
    index = open_index(directory, collection)
    for number, record in enumerate(index.articles):
        if hash_text(index.text(number)) != record.sha256:
            raise StoreCorrupt(
                f"the index of {collection}: the text of article {record.article_id} does not "
                f"match its SHA-256; remove {directory.index(collection)} to have it rebuilt"
            )
    return index.n_articles


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
