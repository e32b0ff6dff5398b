"""Small articles of our own for the tests of answering, as they would be stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from corpus.article import Article, Block, BlockKind, Precision, Source, Span, hash_text
from corpus.blocks import find_blocks

Story = tuple[Article, Source]

HARBOUR = (
    "The Port Authority of Varnholm said on Monday that it had counted 54 abandoned cranes.\n\n"
    "A report by the Institute for Quiet Harbours found that most of them had stood idle since "
    "2009.\n\n"
    "“We do not expect to see them move again,” said Ilse Maren, who leads the institute.\n\n"
    "She told reporters that removing one crane costs about 200,000 crowns.\n\n"
    "The report recommends that the oldest twelve should be kept as monuments.\n\n"
    "“Nobody asked the fishermen.”\n"
)
FERRY = (
    "Ferries between Varnholm and Oster Point will stop running in October.\n\n"
    "The ferry company blamed the price of fuel, which has doubled since spring.\n\n"
    "Residents of Oster Point have denied that they were asked about the change.\n"
)


def make_story(text: str, article_id: str = "a", **source: object) -> Story:
    """Return an article with the blocks that are found in it."""
    return make_article(text, find_blocks(text), article_id), make_source(**source)


def make_article(text: str, blocks: Iterable[Block], article_id: str) -> Article:
    """Return the first version of an article."""
    return Article("main", article_id, 1, text, hash_text(text), tuple(blocks))


def make_source(**fields: object) -> Source:
    """Return a source record; a date is exact to the day."""
    if "published" in fields:
        fields.setdefault("published_precision", Precision.DAY)
    return Source(**fields)  # type: ignore[arg-type]


WORDS = st.sampled_from(
    "harbour crane ferry fuel report institute 54 102 Varnholm Maren closed counted said it the a "
    "not of in October denied “moved” station".split()
)
OPENINGS = st.sampled_from(
    "The She It Police “We For They Varnholm Some Its Ferries 54 According".split()
)


# Built once: Hypothesis spends more time on making strategies than on drawing from them.
SOME_WORDS = st.lists(WORDS, min_size=1, max_size=12)
ENDINGS = st.sampled_from([".", ".”", ",” she said."])
SEPARATORS = st.sampled_from(["\n\n", "\r\n\r\n", "\n"])
MOSTLY_BODY = st.sampled_from([BlockKind.BODY, BlockKind.BODY, *BlockKind])
MAX_POOL = 8  # sentences
PLACES = st.integers(0, MAX_POOL - 1)
PARAGRAPHS = st.lists(st.lists(PLACES, min_size=1, max_size=4), min_size=1, max_size=5)
MAYBE_DAYS = st.none() | st.dates(date(2022, 1, 1), date(2022, 12, 31))
PRECISIONS = st.sampled_from(Precision)
PUBLISHERS = st.sampled_from([None, "The Gazette", "Harbour News"])
SIZES = st.integers(1, 4)
QUESTION_WORDS = st.sampled_from(["How many", "When", "Who", "What", "Is", ""])
ASKED_WORDS = st.lists(WORDS, min_size=1, max_size=6)


@st.composite
def sentences(draw: DrawFn) -> str:
    """Draw sentences of few words, so that they often meet the question and each other."""
    return " ".join([draw(OPENINGS), *draw(SOME_WORDS)]) + draw(ENDINGS)


SENTENCES = sentences()
POOLS = st.lists(SENTENCES, min_size=1, max_size=MAX_POOL)
MAYBE_TITLES = st.none() | SENTENCES


@st.composite
def stories(draw: DrawFn, article_id: str, pool: list[str]) -> Story:
    """Draw articles of a few paragraphs of any kind, with sentences of a pool."""
    text, blocks = "", []
    for places in draw(PARAGRAPHS):
        paragraph = " ".join(pool[place % len(pool)] for place in places)
        blocks.append(Block(Span(len(text), len(text) + len(paragraph)), draw(MOSTLY_BODY)))
        text += paragraph + draw(SEPARATORS)
    published = draw(MAYBE_DAYS)
    source = Source(
        title=draw(MAYBE_TITLES),
        publisher=draw(PUBLISHERS),
        published=published,
        published_precision=None if published is None else draw(PRECISIONS),
    )
    return make_article(text, blocks, article_id), source


@st.composite
def collections(draw: DrawFn) -> list[Story]:
    """Draw collections of one to four articles that share sentences."""
    pool = draw(POOLS)
    return [draw(stories(f"a{number}", pool)) for number in range(draw(SIZES))]


@st.composite
def questions(draw: DrawFn) -> str:
    """Draw questions of words that the articles often hold."""
    return " ".join([draw(QUESTION_WORDS), *draw(ASKED_WORDS)])
