"""What an index generation holds as arrays, and their one file on disk.

The arrays stand one after another in ``arrays.bin``, each aligned to 64 bytes; the manifest names
their types, shapes and offsets. They are mapped, not read, so that opening takes the same time for
five articles and for fifty thousand. Nothing is unpickled.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

ALIGNMENT_BYTES = 64
HEAD_BYTES = 8

Array = npt.NDArray[Any]

# Those of the arrays below that tell of copies, stories and origins.
ALIGNMENT_NAMES = (
    *("copy_offsets", "copy_members", "copy_group", "story"),
    *("origin_offsets", "origin_start", "origin_end", "origin_name"),
)


@dataclass(frozen=True, slots=True)
class IndexArrays:
    """The arrays of one generation; rows of articles, passages and sentences are in order of place.

    ``*_offsets`` arrays are one longer than what they divide: part ``i`` is
    ``offsets[i]:offsets[i + 1]``.
    """

    # Articles, by article id.
    text_offsets: Array  # bytes into texts.bin
    record_offsets: Array  # bytes into records.jsonl
    first_day: Array  # proleptic ordinal of the first possible day of publication, 0 if unknown
    last_day: Array  # ... and of the last one: a month or a year is a period
    publisher: Array  # place among the index's publishers, -1 if unknown
    sentence_offsets: Array  # sentences of each article

    # Sentences: spans in code points of their article's text.
    sentence_start: Array
    sentence_end: Array
    sentence_block: Array  # number of the block within the article
    sentence_passage: Array
    term_offsets: Array  # unigram occurrences of each sentence
    sentence_terms: Array  # their term ids, in order of place

    # Passages: runs of sentences.
    passage_offsets: Array
    passage_article: Array
    passage_is_caption: Array
    heading_start: Array  # the nearest heading above; start = end = 0 if there is none
    heading_end: Array

    # Terms: unigrams first, in code point order, then bigrams by key.
    vocabulary_offsets: Array  # bytes into vocabulary.bin
    vocabulary_heads: Array  # of each unigram: its first bytes as a number, by `head_of`
    bigram_keys: Array  # first * n_unigrams + second, ascending
    idf: Array
    is_name: Array  # of each unigram: is it mostly written with a capital, inside of sentences
    title_offsets: Array  # unigrams of each article's title
    title_terms: Array
    heading_offsets: Array  # ... and of each passage's heading
    heading_terms: Array

    # Postings of each term over passages and over whole articles.
    passage_postings: Array
    passage_rows: Array
    passage_weights: Array
    article_postings: Array
    article_rows: Array
    article_weights: Array

    # Copies: sentences that say the same words, or nearly, best copy first; and the articles that
    # copy one story.
    copy_offsets: Array
    copy_members: Array  # sentences
    copy_group: Array  # of each sentence, -1 if it has no copy
    story: Array  # of each article: the number of the first article that copies the same one

    # Origins that each article names, where it names them first.
    origin_offsets: Array
    origin_start: Array
    origin_end: Array
    origin_name: Array  # equal for one origin in several articles


def head_of(letters: bytes) -> int:
    """Return the first bytes of a word as a number: numbers are in the order of the words."""
    return int.from_bytes(letters[:HEAD_BYTES].ljust(HEAD_BYTES, b"\0"), "big")


def write_arrays(file: BinaryIO, arrays: IndexArrays) -> dict[str, dict[str, Any]]:
    """Write all arrays and return their directory for the manifest: dtype, shape and offset."""
    directory = {}
    for name in (field.name for field in fields(IndexArrays)):
        array = np.ascontiguousarray(getattr(arrays, name))
        file.write(b"\0" * (-file.tell() % ALIGNMENT_BYTES))
        directory[name] = {
            "dtype": array.dtype.str,
            "shape": list(array.shape),
            "offset": file.tell(),
        }
        file.write(array.data)
    return directory


def map_arrays(buffer: memoryview, directory: dict[str, dict[str, Any]]) -> IndexArrays:
    """Return read-only arrays over a mapped file.

    Raises
    ------
    KeyError, ValueError, TypeError
        If the directory lacks an array or one lies outside the file.
    """
    return IndexArrays(
        **{field.name: _map_array(buffer, directory[field.name]) for field in fields(IndexArrays)}
    )


def _map_array(buffer: memoryview, entry: dict[str, Any]) -> Array:
    """Return one array; an empty one needs no buffer."""
    dtype, (length,) = np.dtype(entry["dtype"]), entry["shape"]
    if length == 0:
        return np.empty(0, dtype)
    return np.frombuffer(buffer, dtype, count=length, offset=entry["offset"])
