"""The next generation of a collection's index: built from the store, then swapped in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.article import Article, Source
from corpus.blocks import find_blocks
from corpus.directory import (
    CURRENT_NAME,
    STALE_NAME,
    DataDirectory,
    make_folder,
    remove_pointer,
    sync_files,
    translating_os_errors,
    write_pointer,
)
from corpus.errors import StoreCorrupt
from corpus.store import ArticleStore, StoredArticle
from retrieval.indexing.building import Articles, build_content
from retrieval.indexing.index import FILE_NAMES, Index, OutdatedIndex, hash_file, read_manifest
from retrieval.indexing.writing import digest_articles, write_generation

Progress = Callable[[int, int], None]

_TEMPORARY_PREFIX = ".building-"


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
        Called with (articles read, articles in all); from the start again when the store was
        changed meanwhile.

    Raises
    ------
    corpus.errors.CorpusError
        If the store cannot be read or the generation cannot be written; CURRENT stays as it was.
    """
    folder = directory.index(collection)
    _refuse_newer(folder)
    is_done = False
    while not is_done:
        with store.reading() as connection:
            revision = store.revision(connection, collection)
            stored = list(store.active(connection, collection))
        articles = _find_blocks(stored, collection, progress)
        with translating_os_errors(folder):
            is_done = _build_and_swap(store, folder, collection, articles, revision=revision)


def _build_and_swap(
    store: ArticleStore, folder: Path, collection: str, articles: Articles, *, revision: int
) -> bool:
    """Return whether the generation of these articles answers now; not if the store has changed."""
    make_folder(folder)
    digest = digest_articles(articles)
    try:
        with TemporaryDirectory(
            prefix=_TEMPORARY_PREFIX, dir=folder, ignore_cleanup_errors=True
        ) as temporary:
            built = Path(temporary) / digest
            if not _is_whole(folder / digest):
                built.mkdir()
                write_generation(
                    build_content(articles), built, collection=collection, digest=digest
                )
                sync_files(built)
            with store.transaction() as connection:  # no writer can come between check and swap
                is_current = store.revision(connection, collection) == revision
                if is_current:
                    _swap(folder, built)
                return is_current
    except FileNotFoundError:
        return False  # another process swapped, and removed what we were building


def _swap(folder: Path, built: Path) -> None:
    """Put a generation that holds all the store does into its place, and remove all others.

    What other processes are building goes too: it is this generation or an older one. They notice
    and look again. So no text of a purged article stays, not even where a build was killed.
    """
    generation = folder / built.name
    if not _is_whole(generation):  # as when another process was faster
        shutil.rmtree(generation, ignore_errors=True)
        built.rename(generation)
    write_pointer(folder / CURRENT_NAME, generation.name)
    remove_pointer(folder / STALE_NAME)
    for path in folder.iterdir():
        if path.is_dir() and path != generation:
            shutil.rmtree(path, ignore_errors=True)


def _is_whole(generation: Path) -> bool:
    """Return whether every file of a generation is there and matches its checksum."""
    try:
        files = read_manifest(generation)["files"]
        return all(hash_file(generation / name) == files[name]["sha256"] for name in FILE_NAMES)
    except (StoreCorrupt, OutdatedIndex, FileNotFoundError):
        return False


def _refuse_newer(folder: Path) -> None:
    """Raise DataDirectoryUnusable if a newer version of Quoth wrote what answers now."""
    with suppress(StoreCorrupt, OutdatedIndex, FileNotFoundError):
        Index.open(folder)


def _find_blocks(
    stored: Sequence[StoredArticle], collection: str, progress: Progress | None
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
