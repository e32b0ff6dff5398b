from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.article import Article, hash_text
from retrieval.answer import Answer, Excerpt, Place, Quote, SourceFields, answer_to_json
from retrieval.verification import (
    MismatchKind,
    check_answer,
    check_answers_file,
    verify_quotes,
)
from tests.strategies import CHARACTERS, answers, articles, quotes

TEXT = "A first sentence. Officials counted 54 stations. A last one."
ARTICLE = Article("main", "a1", 1, TEXT, hash_text(TEXT), ())


def reading(*stored: Article) -> Callable[[str, int], str | None]:
    """Return what a store of these articles reads."""
    texts = {(article.article_id, article.version): article.text for article in stored}
    return lambda article_id, version: texts.get((article_id, version))


def answer_with(*shown: Quote) -> Answer:
    """Return an answer that shows these quotes."""
    return Answer("Q?", "Q", "main", None, shown, (), None, 0.9, "0" * 16, 1.0)


@st.composite
def quoted_articles(draw: st.DrawFn) -> tuple[Article, Quote]:
    """Draw an article and a true quote of it."""
    article = draw(articles())
    return article, draw(quotes(article))


@given(st.data())
def test_an_untouched_answer_is_true_in_every_part(data: st.DataObject) -> None:
    """Verification must not cry wolf: a moderator would stop listening."""
    article = data.draw(articles())
    answer = data.draw(answers(article))

    assert check_answer(answer, reading(article)) == []
    assert verify_quotes(answer.quotes, reading(article)) == (answer.quotes, ())


@given(quoted_articles(), st.data())
def test_any_single_character_that_changed_in_the_article_is_noticed(
    quoted: tuple[Article, Quote], data: st.DataObject
) -> None:
    """Outside the quote as well: the hash is that of the whole text."""
    article, quote = quoted
    at = data.draw(st.integers(0, len(article.text) - 1))
    other = data.draw(CHARACTERS)
    assume(other != article.text[at])
    changed = replace(article, text=article.text[:at] + other + article.text[at + 1 :])

    mismatches = check_answer(answer_with(quote), reading(changed))

    assert {mismatch.kind for mismatch in mismatches} == {MismatchKind.HASH}
    assert verify_quotes([quote], reading(changed)) == ((), (quote,))


@given(quoted_articles(), st.data())
def test_any_single_character_that_changed_in_the_quote_is_noticed(
    quoted: tuple[Article, Quote], data: st.DataObject
) -> None:
    """A quote is never shown with a letter that the article does not have there."""
    article, quote = quoted
    at = data.draw(st.integers(0, len(quote.text) - 1))
    other = data.draw(CHARACTERS)
    assume(other != quote.text[at])
    forged = replace(quote, text=quote.text[:at] + other + quote.text[at + 1 :])

    (mismatch,) = check_answer(answer_with(forged), reading(article))

    assert mismatch.kind is MismatchKind.TEXT
    assert (mismatch.start, mismatch.end) == (quote.start, quote.end)


@given(quoted_articles(), st.integers(-300, 300), st.integers(-300, 300))
def test_offsets_that_point_at_another_stretch_are_noticed(
    quoted: tuple[Article, Quote], by_start: int, by_end: int
) -> None:
    """Also offsets outside the text, which Python would silently clip, or count from the end."""
    article, quote = quoted
    start, end = quote.start + by_start, quote.end + by_end
    same_words = 0 <= start < end <= len(article.text) and article.text[start:end] == quote.text
    assume(not same_words)
    shifted = replace(quote, start=start, end=end)

    assert verify_quotes([shifted], reading(article)) == ((), (shifted,))


@given(quoted_articles(), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_another_hash_is_noticed(quoted: tuple[Article, Quote], sha256: str) -> None:
    """A quote names the exact text it was cut from."""
    article, quote = quoted
    assume(sha256 != quote.sha256)

    mismatches = check_answer(answer_with(replace(quote, sha256=sha256)), reading(article))

    assert mismatches[0].kind is MismatchKind.HASH


@given(quoted_articles())
def test_a_text_that_is_gone_is_noticed(quoted: tuple[Article, Quote]) -> None:
    """A purged article, or a version that never was."""
    article, quote = quoted

    (mismatch, *_) = check_answer(answer_with(quote), reading())

    assert mismatch.kind is MismatchKind.MISSING
    assert (mismatch.article_id, mismatch.version) == (article.article_id, article.version)


def quote_of(article: Article, words: str) -> Quote:
    """Return a plain quote of these words, without anything beside it."""
    start = article.text.index(words)
    return Quote(
        rank=1,
        article_id=article.article_id,
        version=article.version,
        sha256=article.sha256,
        start=start,
        end=start + len(words),
        text=words,
        prefix=article.text[:start][-32:],
        suffix=article.text[start + len(words) :][:32],
        kind="body",
        score=1.0,
        context=(),
        speaker=None,
        source=SourceFields(None, None, None, None, None, None, None),
        also_in=(),
    )


QUOTE = quote_of(ARTICLE, "Officials counted 54 stations.")


@pytest.mark.parametrize(
    "forged",
    [
        replace(QUOTE, context=(Excerpt(0, 17, "A first sentence!"),)),
        replace(QUOTE, speaker=Excerpt(18, 27, "Presidents")),
        replace(QUOTE, also_in=(Place("a1", 1, "0" * 64, 0, 1, "A", QUOTE.source),)),
        replace(QUOTE, also_in=(Place("a2", 1, ARTICLE.sha256, 0, 1, "A", QUOTE.source),)),
        replace(QUOTE, prefix="A last sentence. "),
        replace(QUOTE, suffix=" A second one."),
    ],
    ids=["context", "speaker", "copy's hash", "copy's article", "prefix", "suffix"],
)
def test_what_stands_beside_a_quote_is_checked_as_well(forged: Quote) -> None:
    """Context, speaker and copies are shown to the reader: they are quotes too."""
    kept, failed = verify_quotes([QUOTE, forged], reading(ARTICLE))

    assert kept == (QUOTE,)
    assert failed == (forged,)


def test_a_file_of_answers_is_checked_line_by_line() -> None:
    """A line that cannot be read does not hide what the next one cites."""
    good = json.dumps(answer_to_json(answer_with(QUOTE)))
    batch = json.dumps({"id": "Q1", **answer_to_json(answer_with(QUOTE))})
    forged = json.dumps(
        answer_to_json(answer_with(replace(QUOTE, text="Officials counted 55 stations.")))
    )
    lines = [
        good,
        batch,
        "",
        "{",
        '{"question": "x"}',
        '{"id": "Q2", "error": "empty"}',
        "7",
        forged,
    ]

    checked = list(check_answers_file(lines, lambda _: reading(ARTICLE)))

    assert [line.number for line in checked] == [1, 2, 4, 5, 6, 7, 8]
    assert [line.quotes for line in checked] == [1, 1, 0, 0, 0, 0, 1]
    assert [line.error is None for line in checked] == [True, True, False, False, True, False, True]
    assert [len(line.mismatches) for line in checked] == [0, 0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize("value", ["5", None, [1], 1.5])
@pytest.mark.parametrize("key", ["start", "end", "text", "version", "prefix", "sha256"])
def test_a_value_of_the_wrong_type_is_an_error_or_a_mismatch(key: str, value: object) -> None:
    """Whoever edits an answer by hand gets a line about it, not a traceback."""
    data = answer_to_json(answer_with(replace(QUOTE, context=(Excerpt(0, 1, "A"),))))
    data["quotes"][0][key] = value

    (checked,) = check_answers_file([json.dumps(data)], lambda _: reading(ARTICLE))

    assert checked.error or checked.mismatches


def test_an_answer_is_checked_in_its_own_collection() -> None:
    """One id may hold another text elsewhere: that says nothing about this answer."""
    elsewhere = replace(ARTICLE, text="Another text altogether.")
    line = json.dumps(answer_to_json(answer_with(QUOTE)))

    (checked,) = check_answers_file(
        [line], lambda collection: reading(ARTICLE if collection == "main" else elsewhere)
    )

    assert (checked.error, checked.mismatches) == (None, ())
