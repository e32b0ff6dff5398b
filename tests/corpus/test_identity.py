"""An id must be the same on every machine, and differ for articles that differ."""

from __future__ import annotations

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.identity import derive_article_id

words = st.text(max_size=20)


def derive(
    text: str = "Text.",
    url: str | None = None,
    publisher: str | None = None,
    source_id: str | None = None,
    file_name: str | None = "a.txt",
) -> str:
    return derive_article_id(
        text=text, url=url, publisher=publisher, source_id=source_id, file_name=file_name
    )


@given(words, st.none() | words, st.none() | words, st.none() | words, st.none() | words)
def test_an_id_is_16_hex_digits_and_stays(
    text: str, url: str | None, publisher: str | None, source_id: str | None, file: str | None
) -> None:
    first = derive(text, url, publisher, source_id, file)

    assert re.fullmatch(r"[0-9a-f]{16}", first)
    assert derive(text, url, publisher, source_id, file) == first


def test_ids_are_those_of_yesterday() -> None:
    """A stored id must be found again by every later version of Quoth."""
    assert derive(url="https://news.example/1") == "5673f534f0c0a0fb"
    assert derive(publisher="The Daily", source_id="7") == "ae28b03cb317374c"
    assert derive(source_id="7", file_name="a.jsonl") == "00cae2203ac7e9a6"
    assert derive("Text.", file_name="a.txt") == "d72266dee011a124"


@given(words, words, st.none() | words)
def test_with_an_address_nothing_else_counts(url: str, text: str, other: str | None) -> None:
    """An article whose text is corrected keeps its address, and so its history."""
    assert derive(text, url, other, other, other) == derive(url=url)


@given(words, words, words, words)
def test_a_source_id_belongs_to_its_publisher_wherever_the_file_lies(
    publisher: str, source_id: str, text: str, file: str
) -> None:
    assert derive(text, None, publisher, source_id, file) == derive(
        "Text.", None, publisher, source_id, None
    )


@given(words, words, words, words)
def test_parts_that_run_together_to_the_same_string_stay_apart(
    a: str, b: str, c: str, d: str
) -> None:
    """("ab", "c") and ("a", "bc") are two articles."""
    assume((a, b) != (c, d))

    assert derive(publisher=a, source_id=b) != derive(publisher=c, source_id=d)
    assert derive(file_name=a, text=b) != derive(file_name=c, text=d)


@given(words, words)
def test_the_same_words_in_another_role_are_another_article(a: str, b: str) -> None:
    ids = {
        derive(publisher=a, source_id=b),
        derive(file_name=a, source_id=b),
        derive(file_name=a, text=b),
        derive(url=a),
    }

    assert len(ids) == 4
