"""The named origins of articles as an index holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from retrieval.copying.origins import origins_behind
from retrieval.indexing.index import Index
from tests.stories import Story, make_story

Build = Callable[[Iterable[Story]], Index]

ONE = "She told the Oster Herald so. He told Reuters, and then the Oster Herald again."
OTHER = "Reuters reported it first, and the Daily Post reported it again."


def test_each_origin_of_an_article_is_given_where_it_is_named_first(build_index: Build) -> None:
    index = build_index([make_story(ONE, "a"), make_story("Nothing.", "b"), make_story(OTHER, "c")])

    assert [span.slice(ONE) for span in index.origins(0)] == ["Oster Herald", "Reuters"]
    assert index.origins(0)[0].start == ONE.index("Oster")
    assert index.origins(1) == ()


def test_an_origin_behind_several_articles_counts_once(build_index: Build) -> None:
    """Two articles that both cite one agency stand on one origin."""
    index = build_index([make_story(ONE, "a"), make_story(OTHER, "b")])

    named = [(n, span.slice(index.text(n))) for n, span in origins_behind(index, [1, 0])]

    assert named == [(1, "Reuters"), (1, "Daily Post"), (0, "Oster Herald")]


def test_publishers_of_the_collection_are_known(build_index: Build) -> None:
    told = make_story("She told Tidewater that it was over.", "a")

    assert build_index([told]).origins(0) == ()
    other = make_story("Nothing.", "b", publisher="Tidewater")
    assert len(build_index([told, other]).origins(0)) == 1
