"""Which generation of a collection's index answers, and how the next one takes its place.

A writer of the store marks a collection STALE before its commit. Whoever finds the mark builds a
new generation from the store before answering, points CURRENT at it in one step and removes the
mark, under the store's write lock and only if nothing was changed meanwhile. Superseded generations
are removed, so that the text of a purged article does not stay behind; a reader who had one mapped
keeps reading it.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from corpus.blocks import find_blocks

from corpus.article import Article, Source
from corpus.directory import (
    CURRENT_NAME,
    STALE_NAME,
    DataDirectory,
    read_pointer,
    remove_pointer,
    sync_folder,
    write_pointer,
)
from corpus.errors import CorpusError, StoreBusy, StoreUnavailable
from retrieval.building import build_content
from retrieval.index import (
    Index,
    OutdatedIndex,
    digest_articles,
    write_generation,
)

if TYPE_CHECKING:
    # Importing the store takes half a second, and a warm `ask` never needs it.
    from corpus.store import ArticleStore, StoredArticle

Progress = Callable[[int, int], None]

# A folder that a build was killed in is removed once it is this old.
ABANDONED_SECONDS = 3600
_TEMPORARY_PREFIX = ".building-"


def open_index(directory: DataDirectory, collection: str) -> Index:
    """Map the generation that answers for a collection, built anew first if it must be.

    Raises
    ------
    corpus.errors.CorpusError
        If the index is damaged, or a rebuild is needed and cannot be written.
    """
    folder = directory.index(collection)
    for _ in range(3):
        if needs_rebuild(directory, collection):
            _rebuild(directory, collection)
        try:
            return Index.open(folder)
        except OutdatedIndex:
            _rebuild(directory, collection)
        except FileNotFoundError:
            continue  # another process swapped and removed the generation we were about to map
    raise StoreBusy(f"the index {folder} keeps changing; try again")


def needs_rebuild(directory: DataDirectory, collection: str) -> bool:
    """Return whether the store is ahead of the index, or there is no index yet."""
    folder = directory.index(collection)
    return read_pointer(folder / STALE_NAME) is not None or not (folder / CURRENT_NAME).exists()


def is_empty(directory: DataDirectory, collection: str) -> bool:
    """Return whether a collection has no article to quote."""
    folder = directory.index(collection)
    if not (folder / CURRENT_NAME).exists() and not (folder / STALE_NAME).exists():
        return True
    return open_index(directory, collection).n_articles == 0


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


def _rebuild(directory: DataDirectory, collection: str) -> None:
    """Rebuild from the store, which is opened for this alone."""
    from corpus.store import ArticleStore  # noqa: PLC0415 - see TYPE_CHECKING above

    rebuild_index(ArticleStore.open(directory), directory, collection)


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
        building.rename(folder / digest)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _is_whole(generation: Path) -> bool:
    try:
        Index.open(generation)
    except (CorpusError, OutdatedIndex, FileNotFoundError):
        return False
    return True
