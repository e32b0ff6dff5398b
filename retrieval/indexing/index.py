"""One index generation on disk: written once, checked by its manifest, mapped by whoever answers.

A generation's folder holds ``texts.bin`` (the articles' UTF-8 texts, one after another),
``records.jsonl`` (ids, versions, hashes and source fields), ``vocabulary.bin`` (the unigrams),
``arrays.bin`` (`retrieval.indexing.layout`) and ``manifest.json`` with sizes and checksums of the
others. Opening checks the manifest and the sizes and reads nothing else;
`retrieval.indexing.checking` reads all.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from corpus.article import Span
from corpus.directory import CURRENT_NAME, read_pointer
from corpus.errors import DataDirectoryUnusable, StoreCorrupt
from retrieval.answer import SourceFields
from retrieval.indexing.layout import Array, IndexArrays, head_of, map_arrays

# Part of every digest. Raise FORMAT with the layout, RULES with the way blocks, sentences, passages
# or terms are found: an index that was built by older ones is rebuilt before it answers.
FORMAT = 3
RULES = 2

MANIFEST_NAME = "manifest.json"
TEXTS_NAME = "texts.bin"
RECORDS_NAME = "records.jsonl"
VOCABULARY_NAME = "vocabulary.bin"
ARRAYS_NAME = "arrays.bin"
FILE_NAMES = (TEXTS_NAME, RECORDS_NAME, VOCABULARY_NAME, ARRAYS_NAME)

# How a generation is named, and nothing else that CURRENT could hold.
_DIGEST = re.compile("[0-9a-f]{16}")

# Files up to this size are held against their checksums whenever they are opened, which takes a few
# milliseconds; larger ones when `quoth verify` runs or the index is rebuilt.
CHECKED_BYTES = 4_000_000

# Texts and records kept at hand: one answer looks into a dozen passages, often of the same few
# articles, and names each of its sources more than once.
TEXTS_KEPT = 16
RECORDS_KEPT = 64


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """What an answer needs to know of an article version beside its text."""

    article_id: str
    version: int
    sha256: str
    source: SourceFields


class OutdatedIndex(Exception):
    """The generation was built by another version's rules; it must be rebuilt."""


class Index:
    """A mapped, read-only generation of one collection.

    Attributes
    ----------
    collection : str
    digest : str
        16 hex digits over ids, versions, hashes, source fields and settings: equal digests give
        equal answers.
    newest : str or None
        ISO date of the newest dated article.
    publishers : tuple of str
        Of its articles, in code point order.
    arrays : IndexArrays
    n_unigrams : int
        Terms below it are unigrams, those from it on are bigrams.
    """

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self.collection: str = manifest["collection"]
        self.digest: str = manifest["digest"]
        self.newest: str | None = manifest["newest"]
        self.publishers: tuple[str, ...] = tuple(manifest["publishers"])
        self._folder = folder
        self._files = {name: _map_file(folder / name) for name in FILE_NAMES}
        self.arrays: IndexArrays = map_arrays(self._files[ARRAYS_NAME], manifest["arrays"])
        self.n_unigrams = len(self.arrays.vocabulary_offsets) - 1
        self._read_text = lru_cache(TEXTS_KEPT)(self._decode_text)
        self._read_record = lru_cache(RECORDS_KEPT)(self._decode_record)

    @classmethod
    def open(cls, directory: Path) -> Index:
        """Map a generation.

        Parameters
        ----------
        directory : pathlib.Path
            The generation's folder, or its collection's folder, whose CURRENT one is opened.

        Raises
        ------
        OutdatedIndex
            If it was built by an older version of Quoth.
        corpus.errors.DataDirectoryUnusable
            If it was built by a newer one.
        corpus.errors.StoreCorrupt
            If the manifest is damaged, or a file is of another size than it says.
        FileNotFoundError
            If there is no generation here, or one that lacks a file: it was, or is being, removed.
        """
        folder = _find_generation(directory)
        manifest = read_manifest(folder)
        try:
            return cls(folder, manifest)
        except (KeyError, ValueError, TypeError) as error:
            raise _damaged(folder, "its arrays do not fit its manifest") from error

    @property
    def n_articles(self) -> int:
        """Return how many articles can be quoted."""
        return len(self.arrays.first_day)

    @property
    def n_passages(self) -> int:
        """Return how many passages are ranked."""
        return len(self.arrays.passage_article)

    @property
    def articles(self) -> Iterator[ArticleRecord]:
        """Yield all records, by article id."""
        return map(self._decode_record, range(self.n_articles))

    def record(self, number: int) -> ArticleRecord:
        """Return the record of the article with this number, from 0.

        Raises
        ------
        corpus.errors.StoreCorrupt
            If it is damaged; so do `text` and `term`.
        """
        return self._read_record(number)

    def text(self, number: int) -> str:
        """Return the whole text of the article with this number."""
        return self._read_text(number)

    def term(self, number: int) -> str:
        """Return the unigram with this id."""
        return self._read(VOCABULARY_NAME, self.arrays.vocabulary_offsets, number)

    def vocabulary_bytes(self) -> memoryview:
        """Return the unigrams as UTF-8, one after another, as ``vocabulary_offsets`` parts them."""
        return self._files[VOCABULARY_NAME]

    def find_term(self, term: str) -> int | None:
        """Return a unigram's id, or None if no article holds it."""
        number = self.find_place(term.encode("utf-8", "surrogatepass"))
        return number if number < self.n_unigrams and self.term(number) == term else None

    def find_place(self, letters: bytes, *, first: int = 0) -> int:
        """Return the number of the first unigram, from one on, that is not before some letters.

        As bytes of UTF-8, which are in the order of code points.
        """
        offsets, words = self.arrays.vocabulary_offsets, self._files[VOCABULARY_NAME]
        heads, head = self.arrays.vocabulary_heads, np.uint64(head_of(letters))
        low, high = int(heads.searchsorted(head)), int(heads.searchsorted(head, side="right"))

        def read(number: int) -> bytes:
            return words[offsets.item(number) : offsets.item(number + 1)].tobytes()

        # Only words that begin alike have to be read.
        return bisect_left(range(high), letters, lo=max(low, first), key=read)

    def find_bigram(self, first: int, second: int) -> int | None:
        """Return the id of the bigram of two unigrams, or None if they never stand together."""
        keys, key = self.arrays.bigram_keys, first * self.n_unigrams + second
        place = int(keys.searchsorted(key))
        return self.n_unigrams + place if place < len(keys) and keys[place] == key else None

    def origins(self, number: int) -> tuple[Span, ...]:
        """Return where an article first names each of its origins, in order of place."""
        arrays = self.arrays
        first, end = arrays.origin_offsets[number : number + 2]
        starts, ends = arrays.origin_start[first:end], arrays.origin_end[first:end]
        return tuple(map(Span, starts.tolist(), ends.tolist()))

    def _decode_text(self, number: int) -> str:
        return self._read(TEXTS_NAME, self.arrays.text_offsets, number)

    def _decode_record(self, number: int) -> ArticleRecord:
        line = self._read(RECORDS_NAME, self.arrays.record_offsets, number)
        try:
            data = json.loads(line)
            source = SourceFields(**data.pop("source"))
            return ArticleRecord(**data, source=source)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _damaged(self._folder, f"{RECORDS_NAME} cannot be read") from error

    def _read(self, name: str, offsets: Array, number: int) -> str:
        """Return one of the parts of a file."""
        start, end = offsets[number : number + 2]
        try:
            return bytes(self._files[name][start:end]).decode("utf-8")
        except UnicodeDecodeError as error:
            raise _damaged(self._folder, f"{name} cannot be read") from error


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return a generation's manifest, after checking its version and its files.

    Of small files the checksum is checked, of all the size.

    Raises
    ------
    OutdatedIndex, DataDirectoryUnusable, StoreCorrupt, FileNotFoundError
        As `Index.open` says.
    """
    try:
        manifest = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
        _check_version(folder, (manifest["format"], manifest["rules"]))
        files = {name: manifest["files"][name] for name in FILE_NAMES}
        for name, expected in files.items():
            _check_file(folder, name, size=expected["bytes"], sha256=expected["sha256"])
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, "its manifest cannot be read") from error
    return dict(manifest)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_file(folder: Path, name: str, *, size: int, sha256: str) -> None:
    """Raise StoreCorrupt unless a file is as the manifest says."""
    path = folder / name
    if path.stat().st_size != size:
        raise _damaged(folder, f"{name} is of the wrong size")
    if size <= CHECKED_BYTES and hash_file(path) != sha256:
        raise _damaged(folder, f"{name} does not match its checksum")


def _check_version(folder: Path, version: tuple[int, int]) -> None:
    """Raise unless a generation was built by this version's format and rules."""
    if version > (FORMAT, RULES):
        raise DataDirectoryUnusable(
            f"the index {folder} was written by a newer version of Quoth; upgrade Quoth"
        )
    if version < (FORMAT, RULES):
        raise OutdatedIndex


def _find_generation(directory: Path) -> Path:
    """Return the folder itself, or the one that CURRENT names in it."""
    current = read_pointer(directory / CURRENT_NAME)
    if current is None:
        return directory
    if _DIGEST.fullmatch(current) is None:
        raise FileNotFoundError(f"{directory / CURRENT_NAME} names no generation")
    return directory / current


def _map_file(path: Path) -> memoryview:
    """Map a file read-only; an empty one cannot be mapped and is just empty."""
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _damaged(folder: Path, what: str) -> StoreCorrupt:
    return StoreCorrupt(f"the index {folder} is damaged: {what}; remove the folder, it is rebuilt")
