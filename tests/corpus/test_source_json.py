import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from corpus.article import SOURCE_FIELDS, Basis, BasisKind, Precision, Source, Span
from corpus.source_json import source_from_json, source_to_json

SPANS = st.tuples(st.integers(0, 99), st.integers(1, 9)).map(lambda at: Span(at[0], sum(at)))
TEXTS = st.none() | st.text(max_size=9)  # lone surrogates included: a file's name may hold one


def bases() -> SearchStrategy[dict[str, Basis]]:
    basis = st.builds(
        Basis, st.sampled_from(BasisKind), note=st.text(max_size=9), span=st.none() | SPANS
    )
    return st.dictionaries(st.sampled_from(SOURCE_FIELDS), basis)


def sources() -> SearchStrategy[Source]:
    texts = dict.fromkeys(("title", "publisher", "author", "url", "language", "file"), TEXTS)
    undated = st.builds(Source, **texts, basis=bases())
    dated = st.builds(
        Source,
        **texts,
        published=st.dates(),
        published_precision=st.sampled_from(Precision),
        basis=bases(),
    )
    return undated | dated


@given(sources())
def test_a_source_record_comes_back_equal(source: Source) -> None:
    """What a reader is told about a source is what was recorded, its basis included."""
    assert source_from_json(source_to_json(source)) == source


@given(sources(), sources())
def test_equal_records_have_equal_lines_and_no_others(first: Source, second: Source) -> None:
    """The store compares lines: a correction is noticed, and nothing else taken for one."""
    reordered = Source(**{**fields_of(first), "basis": dict(reversed(first.basis.items()))})

    assert source_to_json(reordered) == source_to_json(first)
    assert (source_to_json(first) == source_to_json(second)) == (first == second)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        '{"basis": {}, "published": "2026-02-30", "published_precision": "day"}',
        '{"basis": {}, "published": "2026-02-03"}',
        '{"basis": {"title": {"kind": "hearsay", "note": ""}}}',
        '{"basis": {"title": {"kind": "article", "note": "", "span": [5, 5]}}}',
        '{"basis": {"title": {}}}',
    ],
)
def test_a_damaged_line_is_no_record(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        source_from_json(line)


def fields_of(source: Source) -> dict[str, object]:
    return {name: getattr(source, name) for name in Source.__slots__}
