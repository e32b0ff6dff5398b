"""What the index knows of an article: its sentences and passages, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, BlockKind, Span, hash_text
from corpus.blocks import find_blocks
from retrieval.indexing.abbreviations import find_abbreviations
from retrieval.indexing.analysis import BEGINS, Analysis, Stretches, analyse_articles
from retrieval.indexing.passages import split_passages
from retrieval.tokens import extract_terms, fold_word
from tests.strategies import SENTENCES, laid_out_articles

TITLED = st.lists(st.tuples(laid_out_articles(), st.just("") | SENTENCES), max_size=4)


def read_terms(analysis: Analysis, stretches: Stretches) -> list[list[str]]:
    """Return the terms of each stretch."""
    terms = iter([analysis.terms[number] for number in stretches.occurrences])
    return [[next(terms) for _ in range(length)] for length in stretches.lengths]


def expected_terms(text: str) -> list[str]:
    """Return a stretch's words, and behind them the initials of its names."""
    return [*extract_terms(text), *filter(None, map(fold_word, find_abbreviations(text)))]


@given(TITLED)
def test_every_sentence_title_and_heading_is_held_word_by_word(
    articles: list[tuple[Article, str]],
) -> None:
    analysis = analyse_articles(articles)

    passages = [(article, one) for article, _ in articles for one in split_passages(article)]
    assert read_terms(analysis, analysis.sentences) == [
        expected_terms(sentence.span.slice(article.text))
        for article, passage in passages
        for sentence in passage.sentences
    ]
    assert read_terms(analysis, analysis.headings) == [
        expected_terms(passage.heading.slice(article.text)) if passage.heading else []
        for article, passage in passages
    ]
    assert read_terms(analysis, analysis.titles) == [
        expected_terms(title) if split_passages(article) else [] for article, title in articles
    ]


@given(TITLED)
def test_every_term_is_held_once_and_stands_somewhere(articles: list[tuple[Article, str]]) -> None:
    """A term that nothing holds would be known, and yet find nothing."""
    analysis = analyse_articles(articles)

    parts = (analysis.sentences, analysis.headings, analysis.titles)
    held = {term for part in parts for terms in read_terms(analysis, part) for term in terms}
    assert len(analysis.terms) == len(set(analysis.terms))
    assert set(analysis.terms) == held


@given(TITLED)
def test_places_are_those_of_the_passages(articles: list[tuple[Article, str]]) -> None:
    analysis = analyse_articles(articles)

    passages = [split_passages(article) for article, _ in articles]
    sentences = [[one for passage in each for one in passage.sentences] for each in passages]
    assert analysis.article_size.tolist() == [
        [len(held), len(each)] for held, each in zip(sentences, passages, strict=True)
    ]
    assert analysis.sentence_place.tolist() == [
        [one.span.start, one.span.end, one.block] for each in sentences for one in each
    ]
    assert analysis.passage_place.tolist() == [
        [
            len(passage.sentences),
            passage.kind is BlockKind.CAPTION,
            passage.heading.start if passage.heading else 0,
            passage.heading.end if passage.heading else 0,
        ]
        for each in passages
        for passage in each
    ]


def test_a_sentence_of_stop_words_is_held_without_terms() -> None:
    """It can be quoted beside another, though no question finds it."""
    text = "Is it? The ferry sank."
    article = Article("main", "a", 1, text, hash_text(text), find_blocks(text))

    analysis = analyse_articles([(article, "")])

    assert read_terms(analysis, analysis.sentences) == [[], ["ferri", "sink"]]
    assert [Span(start, end) for start, end, _ in analysis.sentence_place.tolist()] == [
        Span(0, 6),
        Span(7, 22),
    ]


@given(TITLED)
def test_capitals_are_told_of_all_words_but_the_first(articles: list[tuple[Article, str]]) -> None:
    """There, a capital tells nothing."""
    sentences = analyse_articles(articles).sentences

    ends = sentences.lengths.cumsum().tolist()
    assert len(sentences.capitals) == len(sentences.occurrences)
    assert set(sentences.capitals.tolist()) <= {0, 1, BEGINS}
    for start, end in zip([0, *ends], ends, strict=False):
        assert BEGINS not in sentences.capitals[start + 1 : end]


def test_a_capital_after_a_stop_word_counts() -> None:
    """As in “The Storm”, which may well be a name."""
    text = "The Storm sank a ferry. Ferries of Linn."
    article = Article("main", "a", 1, text, hash_text(text), find_blocks(text))

    analysis = analyse_articles([(article, "")])

    assert read_terms(analysis, analysis.sentences) == [
        ["storm", "sink", "ferri"],
        ["ferri", "linn"],
    ]
    assert analysis.sentences.capitals.tolist() == [1, 0, 0, BEGINS, 1]


def test_no_articles_have_no_sentences() -> None:
    analysis = analyse_articles([])

    assert analysis.terms == ()
    assert analysis.sentence_place.shape == (0, 3)
    assert analysis.passage_place.shape == (0, 4)
    assert analysis.article_size.shape == (0, 2)
