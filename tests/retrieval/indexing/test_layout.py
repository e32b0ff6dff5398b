"""What is written as arrays is mapped again as it was, and as nothing else."""

from __future__ import annotations

from dataclasses import fields
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.indexing.layout import (
    ALIGNMENT_BYTES,
    Array,
    IndexArrays,
    head_of,
    map_arrays,
    write_arrays,
)
from tests.strategies import share_of_examples

NAMES = [field.name for field in fields(IndexArrays)]
DTYPES = st.sampled_from(["bool", "int32", "int64", "float32", "float64"])
ARRAYS = st.builds(
    lambda numbers, dtype: np.array(numbers).astype(dtype),
    st.lists(st.integers(0, 100), max_size=20),
    DTYPES,
)


def write(arrays: IndexArrays) -> tuple[bytes, dict[str, dict[str, Any]]]:
    """Return the file and its directory."""
    file = BytesIO()
    directory = write_arrays(file, arrays)
    return file.getvalue(), directory


def same_everywhere(array: Array) -> IndexArrays:
    return IndexArrays(**dict.fromkeys(NAMES, array))


def map_damaged(name: str, **changes: object) -> None:
    """Map arrays of which one's entry in the directory is not as it was written."""
    data, directory = write(same_everywhere(np.arange(5)))
    directory[name].update(changes)
    map_arrays(memoryview(data), directory)


@share_of_examples(0.4)
@given(st.fixed_dictionaries(dict.fromkeys(NAMES, ARRAYS)))
def test_arrays_come_back_equal_and_aligned(drawn: dict[str, Array]) -> None:
    data, directory = write(IndexArrays(**drawn))

    mapped = map_arrays(memoryview(data), directory)

    for name in NAMES:
        array = getattr(mapped, name)
        assert array.dtype == drawn[name].dtype
        assert array.tolist() == drawn[name].tolist()
        assert directory[name]["offset"] % ALIGNMENT_BYTES == 0


@given(ARRAYS)
def test_the_same_arrays_give_the_same_bytes(array: Array) -> None:
    """Also where one is a column of a table and the other is not."""
    column = np.stack([array, array], axis=1)[:, 0]

    assert write(same_everywhere(array)) == write(same_everywhere(column))


def test_mapped_arrays_are_read_only() -> None:
    """A generation that answers never changes."""
    data, directory = write(same_everywhere(np.arange(5)))

    mapped = map_arrays(memoryview(data), directory)

    with pytest.raises(ValueError, match="read-only"):
        mapped.idf[0] = 7


def test_a_missing_array_is_noticed() -> None:
    data, directory = write(same_everywhere(np.arange(5)))
    del directory["idf"]

    with pytest.raises(KeyError, match="idf"):
        map_arrays(memoryview(data), directory)


@pytest.mark.parametrize(
    "changes",
    [
        {"offset": 10**9},
        {"offset": -8},
        {"shape": [10**9]},
        {"shape": [5, 5]},
        {"shape": []},
        {"dtype": "|O"},
        {"shape": None},
        {"shape": [2.5]},
        {"shape": ["5"]},
        {"offset": None},
        {"dtype": "nonsense"},
    ],
)
def test_an_array_that_does_not_fit_its_file_is_noticed(changes: dict[str, object]) -> None:
    """Better no answer than one from bytes that mean something else."""
    with pytest.raises((ValueError, TypeError)):
        map_damaged("article_weights", **changes)


@given(st.binary(max_size=12), st.binary(max_size=12))
def test_heads_are_in_the_order_of_the_words(one: bytes, other: bytes) -> None:
    """Else a word that stands in the index would not be found there."""
    first, second = sorted([one, other])

    assert head_of(first) <= head_of(second)
