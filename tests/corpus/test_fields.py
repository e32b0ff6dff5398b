"""What a source record says is what was written about it, or the item is refused."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import SOURCE_FIELDS, Basis, BasisKind, Precision, Source
from corpus.errors import RefusedInput
from corpus.fields import overlay_source, parse_source, parse_source_id

KNOWN = {
    "title": "A memo",
    "publisher": "The Daily",
    "author": "A. Writer",
    "published": "2022-10",
    "url": "https://news.example/1",
    "language": "en",
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=1000)


def parse(**values: object) -> Source:
    return parse_source(values, where="a.md", kind=BasisKind.METADATA)


@given(st.dictionaries(st.sampled_from([*SOURCE_FIELDS, "other"]), json_values))
def test_any_values_give_a_record_or_one_line(values: dict[str, object]) -> None:
    """Foreign metadata can be anything; it never ends the run for the neighbours."""
    source, refusal = Source(), None
    try:
        source = parse(**values)
    except RefusedInput as caught:
        refusal = caught

    assert refusal is None or str(refusal).isprintable()
    known = {name for name in SOURCE_FIELDS if getattr(source, name) is not None}
    assert known == set(source.basis)


@given(names)
def test_titles_and_names_are_kept_as_written(text: str) -> None:
    """Making them harmless is a matter of showing them; the record stays exact."""
    source = parse(title=text, publisher=text, author=text)

    expected = text if text.strip() else None
    assert (source.title, source.publisher, source.author) == (expected, expected, expected)


def test_hostile_strings_are_kept_exactly_or_refused(shared: Path) -> None:
    strings = json.loads((shared / "hostile.json").read_text(encoding="utf-8"))
    for text in strings["markup"] + strings["exact"] + strings["refuse"]:
        if "\0" in text:
            with pytest.raises(RefusedInput, match=r"title holds '\\x00' at character"):
                parse(title=text)
        else:
            assert parse(title=text).title == text


def test_a_full_record() -> None:
    source = parse(**KNOWN, unknown=["key"])

    basis = Basis(BasisKind.METADATA)
    assert source == Source(
        title="A memo",
        publisher="The Daily",
        author="A. Writer",
        published=date(2022, 10, 1),
        published_precision=Precision.MONTH,
        url="https://news.example/1",
        language="en",
        basis=dict.fromkeys(SOURCE_FIELDS, basis),
    )


def test_nothing_stated_is_nothing_known() -> None:
    assert parse(title=None, author="", publisher=" \n", url="", published=None) == Source()


def test_a_date_in_the_future_is_a_date() -> None:
    assert parse(published="9999-12-31").published == date(9999, 12, 31)


@pytest.mark.parametrize("name", SOURCE_FIELDS)
@pytest.mark.parametrize("value", [5, 2.5, True, [], ["x"], {}])
def test_a_value_of_the_wrong_type_is_refused_by_its_name(name: str, value: object) -> None:
    with pytest.raises(RefusedInput, match=f"^a.md: {name} must be a "):
        parse(**{name: value})


@pytest.mark.parametrize("name", ["title", "publisher", "author"])
def test_a_field_may_have_1000_characters_and_no_more(name: str) -> None:
    assert getattr(parse(**{name: "x" * 1000}), name) == "x" * 1000
    with pytest.raises(RefusedInput, match=f"{name} has 1,001 characters, over the limit of 1,000"):
        parse(**{name: "x" * 1001})


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(RefusedInput, match=r"author holds '\\ud800' at character 1"):
        parse(author="a\ud800b")


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example",
        "HTTPS://News.Example:8080/a?b=c#d",
        "https://[::1]/x",
        "https://例え.example/ü",
        "https://news.example/" + "x" * 1979,
    ],
)
def test_web_addresses_are_kept_as_written(url: str) -> None:
    assert parse(url=url).url == url


@pytest.mark.parametrize(
    "url",
    [
        "news.example/1",
        "ftp://news.example/1",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://[::1",
        "https://news.example:port/",
        "https://news.example/a b",
        "https://news.example/\n",
        "ht\ntps://news.example/",
        " https://news.example/",
        "https://news.example/\ud800",
        "https://news.example/\0",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedInput, match="is not an http or https address; correct it or leave"):
        parse(url=url)


def test_an_address_of_more_than_2000_characters_is_refused() -> None:
    with pytest.raises(RefusedInput, match="url has 2,001 characters, over the limit of 2,000"):
        parse(url="https://news.example/" + "x" * 1980)


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh-Hant-TW", "gsw"])
def test_language_tags(tag: str) -> None:
    assert parse(language=tag).language == tag


@pytest.mark.parametrize("tag", ["English!", "e", "en_GB", "en-", "english", "日本"])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    with pytest.raises(RefusedInput, match=f"language {re.escape(repr(tag))} is not a language"):
        parse(language=tag)


@pytest.mark.parametrize(
    ("value", "source_id"),
    [("a-7", "a-7"), (7, "7"), (0, "0"), (None, None), ("", None), ("  ", None)],
)
def test_an_id_is_a_string_or_a_whole_number(value: object, source_id: str | None) -> None:
    assert parse_source_id(value, where="a.jsonl:1") == source_id


@pytest.mark.parametrize("value", [True, 1.5, [], {}, "x" * 1001, "\ud800"])
def test_any_other_id_is_refused(value: object) -> None:
    with pytest.raises(RefusedInput, match=r"^a.jsonl:1: id "):
        parse_source_id(value, where="a.jsonl:1")


def test_a_side_car_corrects_what_a_file_states_and_leaves_the_rest() -> None:
    stated = parse(title="Old", author="A. Writer", published="2022-10-13")
    described = parse_source(
        {"title": "New", "published": "2021"},
        where="sources.toml",
        kind=BasisKind.SIDECAR,
        notes={"title": "first line"},
    )

    source = overlay_source(stated, described, file="a.md")

    assert source == Source(
        title="New",
        author="A. Writer",
        published=date(2021, 1, 1),
        published_precision=Precision.YEAR,
        file="a.md",
        basis={
            "title": Basis(BasisKind.SIDECAR, "first line"),
            "author": Basis(BasisKind.METADATA),
            "published": Basis(BasisKind.SIDECAR),
        },
    )
