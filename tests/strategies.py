"""What Hypothesis draws for more than one test file: texts, spans, articles, answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from corpus.article import Article, Block, BlockKind, Precision, Span, hash_text
from corpus.blocks import find_blocks
from retrieval.answer import Abstention, Answer, Excerpt, Place, Quote, Reason, SourceFields

SELECTOR_CHARS = 32  # prefix and suffix of a quote, at most

# Built once: Hypothesis spends more time on making strategies than on drawing from them.
CHARACTERS = st.characters(exclude_categories=["Cs"])  # a lone surrogate cannot be stored
TEXTS = st.text(CHARACTERS, min_size=1, max_size=100)
NAMES = st.text(CHARACTERS, min_size=1, max_size=8)
MAYBE_NAMES = st.none() | NAMES
MAYBE_URLS = st.sampled_from([None, "https://example.org/story"])
MAYBE_FILES = st.sampled_from([None, "folder/story.txt"])
SENTENCES = st.sampled_from(
    [
        *("The ferry sank.", "Ferries, ferries and a ferry!", "Who saw the US ferry?", "It is."),
        *("Jo Day of the Linn Harbour Trust saw 54 boats.", "“The café sank,” she said."),
        *("Storm", "March 4, 2024", "A boat (Agency: Jo Day)", "By Jo Day", "悉尼"),
    ]
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=30).map(" ".join)
MOSTLY_BODY = st.sampled_from(BlockKind) | st.just(BlockKind.BODY)
MAYBE_DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))


def share_of_examples(share: float) -> settings:
    """Draw only a share of the examples that the profile asks for: each of them is slow."""
    return settings(max_examples=round(share * settings.default.max_examples))


@st.composite
def spans(draw: DrawFn, length: int) -> Span:
    """Draw spans within a text of this length, which must be at least 1."""
    start = draw(st.integers(0, length - 1))
    return Span(start, draw(st.integers(start + 1, length)))


@st.composite
def articles(draw: DrawFn) -> Article:
    """Draw articles with disjoint blocks of any kinds."""
    text = draw(TEXTS)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    blocks = tuple(
        Block(Span(start, end), draw(st.sampled_from(BlockKind)))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    )
    return Article("main", draw(NAMES), draw(st.integers(1, 9)), text, hash_text(text), blocks)


@st.composite
def laid_out_articles(draw: DrawFn) -> Article:
    """Draw articles of sentences, whose blocks lie as in real ones but are of any kinds."""
    text = draw(st.lists(PARAGRAPHS, max_size=6).map("\n\n".join) | TEXTS)
    blocks = tuple(replace(block, kind=draw(MOSTLY_BODY)) for block in find_blocks(text))
    return Article("main", draw(NAMES), draw(st.integers(1, 9)), text, hash_text(text), blocks)


@st.composite
def source_fields(draw: DrawFn) -> SourceFields:
    """Draw the fields of a source record as an answer prints them."""
    published = draw(MAYBE_DAYS)
    return SourceFields(
        title=draw(MAYBE_NAMES),
        publisher=draw(MAYBE_NAMES),
        author=None,
        published=None if published is None else published.isoformat(),
        published_precision=None if published is None else Precision.DAY.value,
        url=draw(MAYBE_URLS),
        file=draw(MAYBE_FILES),
    )


@st.composite
def quotes(draw: DrawFn, article: Article, *, rank: int = 1) -> Quote:
    """Draw true quotes of an article, with context, a speaker and a copy here and there."""
    text, stretches = article.text, spans(len(article.text))
    span = draw(stretches)
    return Quote(
        rank=rank,
        article_id=article.article_id,
        version=article.version,
        sha256=article.sha256,
        start=span.start,
        end=span.end,
        text=span.slice(text),
        prefix=text[max(0, span.start - SELECTOR_CHARS) : span.start],
        suffix=text[span.end : span.end + SELECTOR_CHARS],
        kind=draw(st.sampled_from(["body", "caption"])),
        score=draw(st.sampled_from([0.25, 1.0])),
        context=tuple(cut_excerpt(text, at) for at in draw(st.lists(stretches, max_size=2))),
        speaker=draw(st.none() | stretches.map(lambda at: cut_excerpt(text, at))),
        source=draw(source_fields()),
        also_in=tuple(draw(st.lists(places(article), max_size=1))),
    )


@st.composite
def places(draw: DrawFn, article: Article) -> Place:
    """Draw true places of an article, as copies of a quote are listed."""
    span = draw(spans(len(article.text)))
    return Place(
        article_id=article.article_id,
        version=article.version,
        sha256=article.sha256,
        start=span.start,
        end=span.end,
        text=span.slice(article.text),
        source=draw(source_fields()),
    )


def cut_excerpt(text: str, span: Span) -> Excerpt:
    """Return the excerpt of a text that a span points at."""
    return Excerpt(span.start, span.end, span.slice(text))


@st.composite
def answers(draw: DrawFn, article: Article) -> Answer:
    """Draw answers that quote one article, or abstain."""
    count = draw(st.integers(0, 3))
    return Answer(
        question=draw(TEXTS),
        searched=draw(TEXTS),
        collection=article.collection,
        asked=draw(st.sampled_from([None, "2024-02-29"])),
        quotes=tuple(draw(quotes(article, rank=rank)) for rank in range(1, count + 1)),
        notes=(),
        abstained=None if count else Abstention(draw(st.sampled_from(Reason))),
        confidence=draw(st.floats(0, 1)),
        index="0123456789abcdef",
        elapsed_ms=1.5,
    )
