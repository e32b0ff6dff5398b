"""Questions asked of collections with and without their answers: what the models learn from."""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

import numpy as np
from scipy.sparse import dok_array
from scipy.sparse.csgraph import connected_components

from corpus.article import Article, Source, hash_text
from corpus.blocks import find_blocks
from corpus.errors import RefusedInput
from corpus.reading import MAX_FILE_BYTES, read_path
from retrieval.considering import Considered, Wanted, consider_question
from retrieval.evidence.gathering import gather_evidence
from retrieval.indexing.building import build_content
from retrieval.indexing.index import Index
from retrieval.indexing.weighting import Floats
from retrieval.indexing.writing import write_generation
from retrieval.measuring.judging import is_hit
from retrieval.measuring.labelled import LabelledQuestion, read_labelled
from retrieval.models import Models
from retrieval.query import weigh_query
from retrieval.quoting import article_of as holder_of
from retrieval.quoting import run_span
from retrieval.ranking import score_question
from retrieval.timeliness import judge_timeliness

# Of how many articles small collections are: of one, all passages are about one subject.
GROUP_SIZES = (1, 5)
WANTED = Wanted(quotes=3, most=3, chars=300)
Articles = list[tuple[Article, Source]]


class Variant(Enum):
    """The collection that a question is asked of."""

    WHOLE = "whole"  # all articles
    GROUP = "group"  # a few, its own among them
    REMOVED = "removed"  # all but a part of them, its own among those left out
    UNANSWERED = "unanswered"  # all articles, none of which answers it
    NEAR = "near"  # a few, of which every second paragraph is left out, its own among them

    @property
    def is_answerable(self) -> bool:
        """Return whether the answer stands in the collection."""
        return self in {Variant.WHOLE, Variant.GROUP}


@dataclass(frozen=True, slots=True)
class Exam:
    """A collection and the questions to ask of it.

    Parameters
    ----------
    variant : Variant
    articles : list of (Article, Source)
    questions : list of LabelledQuestion
    """

    variant: Variant
    articles: Articles
    questions: list[LabelledQuestion]


@dataclass(frozen=True, slots=True)
class Data:
    """Articles with their labelled questions, dealt into folds.

    Parameters
    ----------
    questions : list of LabelledQuestion
        Those that an article answers.
    unanswered : list of LabelledQuestion
        Those that none does.
    folds : dict of str to int
        By article id, and by the id of each unanswered question. Articles that answer one question
        are in one fold: of a story that goes on, no part is known when another is asked about.
    """

    articles: Articles
    questions: list[LabelledQuestion]
    unanswered: list[LabelledQuestion]
    folds: dict[str, int]

    def fold_of(self, question: LabelledQuestion) -> int:
        """Return the fold of the articles that a question is about."""
        return self.folds[article_of(question) if question.answerable else question.id]


@dataclass(frozen=True, slots=True)
class SentenceExamples:
    """The sentences read for one question: features, and which of them answer."""

    fold: int
    features: Floats
    hits: Floats


@dataclass(frozen=True, slots=True)
class QuoteExample:
    """What would be quoted for one question: features (None: nothing), and whether it answers."""

    variant: Variant
    fold: int
    features: Floats | None
    is_hit: bool


def read_data(folder: Path, *, n_folds: int) -> Data:
    """Return labelled questions with the articles they are about, as those would be stored.

    Parameters
    ----------
    folder : pathlib.Path
        Holds ``questions.jsonl``, and ``articles.jsonl`` or a folder ``articles``.

    Raises
    ------
    corpus.errors.RefusedInput
        At the first article or question that would be refused.
    """
    articles, path = [], folder / "articles"
    for item in read_path(
        path if path.is_dir() else folder / "articles.jsonl",
        encoding=None,
        max_bytes=MAX_FILE_BYTES,
    ):
        if isinstance(item, RefusedInput):
            raise item
        blocks, sha256 = find_blocks(item.text), hash_text(item.text)
        article = Article("training", item.article_id, 1, item.text, sha256, blocks)
        articles.append((article, item.source))
    articles.sort(key=lambda pair: pair[0].article_id)
    with tempfile.TemporaryDirectory() as scratch:
        index = build_index(articles, Path(scratch))
        questions = read_labelled(folder / "questions.jsonl", index)
    asked = [
        replace(one, question=one.question.lower()) if place % 2 else one
        for place, one in enumerate(questions)
    ]
    answered = [one for one in asked if one.answerable]
    unanswered = [one for one in asked if not one.answerable]
    folds = _deal_articles(articles, answered, n_folds)
    folds |= {one.id: place % n_folds for place, one in enumerate(unanswered)}
    return Data(articles, answered, unanswered, folds)


def set_exams(data: Data, *, n_folds: int) -> Iterator[Exam]:
    """Yield the collections to ask, with the questions for each."""
    yield Exam(Variant.WHOLE, data.articles, data.questions)
    if data.unanswered:
        yield Exam(Variant.UNANSWERED, data.articles, data.unanswered)
    for fold in range(n_folds):
        kept = [pair for pair in data.articles if data.folds[pair[0].article_id] != fold]
        about = [question for question in data.questions if data.fold_of(question) == fold]
        yield Exam(Variant.REMOVED, kept, about)
    for size in GROUP_SIZES:
        for start in range(0, len(data.articles), size):
            yield from _set_group(data.articles[start : start + size], data.questions)


def _deal_articles(
    articles: Articles, questions: list[LabelledQuestion], n_folds: int
) -> dict[str, int]:
    """Return the fold of each article by id; those that answer one question are in one.

    The largest stories are dealt first, each to the fold that has the fewest articles.
    """
    places = {article.article_id: place for place, (article, _) in enumerate(articles)}
    linked = dok_array((len(places), len(places)))
    for question in questions:
        for mark in question.gold:
            linked[places[article_of(question)], places[mark.article_id]] = 1
    n_stories, stories = connected_components(linked, directed=False)
    sizes, dealt = np.bincount(stories), [0] * n_folds
    fold_of: dict[int, int] = {}
    for story in sorted(range(n_stories), key=lambda one: (-sizes[one], one)):
        fold_of[story] = dealt.index(min(dealt))
        dealt[fold_of[story]] += int(sizes[story])
    return {article_id: fold_of[int(stories[place])] for article_id, place in places.items()}


def _set_group(articles: Articles, questions: list[LabelledQuestion]) -> Iterator[Exam]:
    """Yield a few articles as they are, and with every second paragraph left out."""
    texts = {article.article_id: article for article, _ in articles}
    about = [question for question in questions if article_of(question) in texts]
    yield Exam(Variant.GROUP, articles, about)
    for parity in (0, 1):
        kept = [
            (replace(article, blocks=article.blocks[parity::2]), source)
            for article, source in articles
        ]
        left_out = [
            question
            for question in about
            if _block_of(texts[article_of(question)], question) % 2 != parity
        ]
        yield Exam(Variant.NEAR, kept, left_out)


def gather_sentences(exam: Exam, data: Data) -> Iterator[SentenceExamples]:
    """Yield what is read for each question of a collection that holds its answer."""
    with tempfile.TemporaryDirectory() as folder:
        index = build_index(exam.articles, Path(folder))
        for question in exam.questions:
            query = weigh_query(index, question.question)
            scores = score_question(
                index, query, timeliness=judge_timeliness(index, question.question, question.asked)
            )
            evidence = gather_evidence(index, question.question, query, scores)
            hits = [_hits(index, question, int(one), int(one)) for one in evidence.sentences]
            if any(hits):
                fold = data.fold_of(question)
                yield SentenceExamples(fold, evidence.features, np.array(hits))


def gather_quotes(exam: Exam, data: Data, models: Sequence[Models]) -> Iterator[QuoteExample]:
    """Yield what would be quoted for each question, as chosen by models that saw other folds."""
    with tempfile.TemporaryDirectory() as folder:
        index = build_index(exam.articles, Path(folder))
        everything = np.ones(index.n_articles, np.bool_)
        for question in exam.questions:
            fold = data.fold_of(question)
            considered = consider_question(
                index,
                question.question,
                WANTED,
                asked=question.asked,
                allowed=everything,
                models=models[fold],
            )
            is_answered = _is_answered(index, question, considered)
            yield QuoteExample(exam.variant, fold, considered.features, is_answered)


def build_index(articles: Articles, folder: Path) -> Index:
    """Return the index of a collection, written to an empty folder."""
    write_generation(build_content(articles), folder, collection="training", digest="training")
    return Index.open(folder)


def article_of(question: LabelledQuestion) -> str:
    """Return the article that a question is about."""
    return question.article_id or question.gold[0].article_id


def _is_answered(index: Index, question: LabelledQuestion, considered: Considered) -> bool:
    numbers = considered.evidence.sentences
    return any(
        _hits(index, question, int(numbers[one.first]), int(numbers[one.last]))
        for one in considered.windows
    )


def _hits(index: Index, question: LabelledQuestion, first: int, last: int) -> bool:
    article = holder_of(index, first)
    span = run_span(index, first, last)
    return is_hit(question, index.record(article).article_id, span, span.slice(index.text(article)))


def _block_of(article: Article, question: LabelledQuestion) -> int:
    """Return the number of the block that holds a question's answer."""
    start = question.gold[0].span.start
    starts = [block.span.start for block in article.blocks]
    return bisect_right(starts, start) - 1
