"""The next generation of a collection's index: built from the store, then swapped in."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

from corpus.article import Article, Source
from corpus.blocks import find_blocks
from corpus.directory import (
    CURRENT_NAME,
    STALE_NAME,
    DataDirectory,
    remove_pointer,
    sync_folder,
    write_pointer,
)
from corpus.errors import CorpusError, StoreUnavailable
from corpus.store import ArticleStore, StoredArticle
from retrieval.building import build_content
from retrieval.index import Index, OutdatedIndex
from retrieval.writing import digest_articles, write_generation

Progress = Callable[[int, int], None]

# A folder that a build was killed in is removed once it is this old.
ABANDONED_SECONDS = 3600
_TEMPORARY_PREFIX = ".building-"
_FOLDER_MODE = 0o755  # mkdtemp's folders are for their owner alone; an index is for who may ask


def rebuild_index(
    store: ArticleStore,
    directory: DataDirectory,
    collection: str,
    *,
    progress: Progress | None = None,
) -> None:
    """Build a generation from the store's active articles and make it the one that answers.

    Parameters
    ----------
    progress : callable or None
        Called with (articles read, articles in all).

    Raises
    ------
    corpus.errors.CorpusError
        If the store cannot be read or the generation cannot be written; CURRENT stays as it was.
    """
    folder = directory.index(collection)
    while True:
        with store.reading() as connection:
            revision = store.revision(connection, collection)
            stored = list(store.active(connection, collection))
        articles = _find_blocks(stored, collection, progress)
        digest = digest_articles(articles)
        try:
            _write_once(articles, folder, collection=collection, digest=digest)
            with store.transaction() as connection:  # no writer can come between check and swap
                if store.revision(connection, collection) == revision:
                    _swap(folder, digest)
                    return
        except OSError as error:
            raise StoreUnavailable(
                f"the index {folder} cannot be written ({error.strerror}); "
                "free space or mend its rights"
            ) from error


def _swap(folder: Path, digest: str) -> None:
    """Point CURRENT at a generation that holds all the store does, and tidy up."""
    write_pointer(folder / CURRENT_NAME, digest)
    remove_pointer(folder / STALE_NAME)
    for path in folder.iterdir():
        if path.is_dir() and path.name != digest and not _is_being_built(path):
            shutil.rmtree(path, ignore_errors=True)


def _is_being_built(path: Path) -> bool:
    """Return whether another process may still be writing here; a killed build grows old."""
    age = time.time() - path.stat().st_mtime
    return path.name.startswith(_TEMPORARY_PREFIX) and age < ABANDONED_SECONDS


def _find_blocks(
    stored: list[StoredArticle], collection: str, progress: Progress | None
) -> list[tuple[Article, Source]]:
    """Return articles as read from the store, with their blocks."""
    articles = []
    for number, one in enumerate(stored, start=1):
        blocks = find_blocks(one.text)
        article = Article(collection, one.article_id, one.version, one.text, one.sha256, blocks)
        articles.append((article, one.source))
        if progress is not None:
            progress(number, len(stored))
    return articles


def _write_once(
    articles: list[tuple[Article, Source]], folder: Path, *, collection: str, digest: str
) -> None:
    """Write the generation of this digest, unless it stands there whole already."""
    if _is_whole(folder / digest):
        return
    folder.mkdir(parents=True, exist_ok=True)
    building = Path(mkdtemp(prefix=_TEMPORARY_PREFIX, dir=folder))
    try:
        write_generation(build_content(articles), building, collection=collection, digest=digest)
        sync_folder(building)
        shutil.rmtree(folder / digest, ignore_errors=True)
        building.chmod(_FOLDER_MODE)
        building.rename(folder / digest)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _is_whole(generation: Path) -> bool:
    try:
        Index.open(generation)
    except (CorpusError, OutdatedIndex, FileNotFoundError):
        return False
    return True
