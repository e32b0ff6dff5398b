from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Precision
from retrieval.filtering import filter_articles, narrow_to_publisher
from retrieval.indexing.index import Index
from tests.stories import Story, make_story

Build = Callable[[Iterable[Story]], Index]
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1))


@pytest.fixture(scope="module")
def index(build_index: Build) -> Index:
    """Return an index of articles known by day, month and year, and one without a date."""
    day, month, year = date(2022, 10, 13), date(2023, 2, 1), date(2024, 1, 1)
    return build_index(
        [
            make_story("One.", "day", publisher="The Gazette", title="Cranes", published=day),
            make_story("Two.", "month", publisher="The Gazette", published=month,
                       published_precision=Precision.MONTH),
            make_story("Three.", "none", title="Ferries and CRANES"),
            make_story("Four.", "year", publisher="Harbour News", published=year,
                       published_precision=Precision.YEAR),
        ]
    )  # fmt: skip


def allowed(
    index: Index, source: str | None = None, first: date | None = None, last: date | None = None
) -> list[str]:
    mask = filter_articles(index, source, first, last).allowed
    return [
        record.article_id for record, is_kept in zip(index.articles, mask, strict=True) if is_kept
    ]


@given(DAYS, DAYS)
def test_a_longer_period_leaves_no_less(
    index: Index, first: date | None, last: date | None
) -> None:
    within = set(allowed(index, first=first, last=last))

    assert within <= set(allowed(index, first=first)) & set(allowed(index, last=last))
    assert "none" not in within or first is last is None


def test_without_a_filter_everything_is_asked(index: Index) -> None:
    filtered = filter_articles(index, None, None, None)

    assert filtered.allowed.all()
    assert filtered.undated == 0


@pytest.mark.parametrize(
    ("source", "ids"),
    [
        ("day", ["day"]),
        ("gazette", ["day", "month"]),
        (" The Gazette ", ["day", "month"]),
        ("cranes", ["day", "none"]),
        ("NEWS", ["year"]),
    ],
)
def test_a_source_is_named_by_its_id_or_words_of_publisher_or_title(
    index: Index, source: str, ids: list[str]
) -> None:
    assert allowed(index, source) == ids


@pytest.mark.parametrize("source", ["The Mirror", "Day", "", " "])
def test_a_source_that_nothing_is_of_is_a_mistake(index: Index, source: str) -> None:
    """Silence would let the member believe that the source had been read."""
    with pytest.raises(ValueError, match="no source matches"):
        filter_articles(index, source, None, None)


@pytest.mark.parametrize(
    ("first", "last", "ids"),
    [
        (date(2022, 10, 13), date(2022, 10, 13), ["day"]),
        (date(2022, 10, 14), None, ["month", "year"]),
        (None, date(2022, 10, 12), []),
        (date(2023, 2, 28), date(2023, 2, 28), ["month"]),
        (date(2023, 3, 1), date(2023, 12, 31), []),
        (date(2024, 12, 31), None, ["year"]),
        (date(2025, 1, 1), None, []),
    ],
)
def test_a_period_includes_its_ends_and_what_may_lie_in_it(
    index: Index, first: date | None, last: date | None, ids: list[str]
) -> None:
    """An article known by month or year only may have been published on any day of it."""
    assert allowed(index, first=first, last=last) == ids


def test_undated_articles_are_counted_only_where_they_were_asked_for(index: Index) -> None:
    first = date(2020, 1, 1)

    assert filter_articles(index, None, first, None).undated == 1
    assert filter_articles(index, "cranes", None, first).undated == 1
    assert filter_articles(index, "gazette", first, None).undated == 0


@pytest.mark.parametrize(
    ("publisher", "articles"), [("The Gazette", ["day", "month"]), ("Harbour News", ["year"])]
)
def test_a_publisher_narrows_what_the_other_filters_left(
    index: Index, publisher: str, articles: list[str]
) -> None:
    """It never lets back in what a period or a source left out."""
    everything = filter_articles(index, None, None, None)
    of_2023 = filter_articles(index, None, date(2023, 1, 1), date(2023, 12, 31))

    narrowed = narrow_to_publisher(index, everything, publisher).allowed
    within = narrow_to_publisher(index, of_2023, publisher)

    ids = [record.article_id for record in index.articles]
    assert [one for one, kept in zip(ids, narrowed, strict=True) if kept] == articles
    assert within.allowed.tolist() == (narrowed & of_2023.allowed).tolist()
    assert within.undated == of_2023.undated
