"""Labelled questions to the confidence model that ships.

``python -m retrieval.training ARTICLES.jsonl QUESTIONS.jsonl --origin TEXT`` asks every question of
collections that hold its answer and of collections that do not: without its article (what is off
the subject), and with every second paragraph left out (near misses: the same names, another fact);
each of all articles and of groups of a few, since small collections are the common case. A logistic
regression then tells questions whose quotes hit from the others. It is cross-validated by article,
so that the figures it prints are of articles the model has not seen. The model holds feature
weights only, and says where its questions came from.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from corpus.article import Article, Source, hash_text
from corpus.blocks import find_blocks
from corpus.errors import RefusedInput
from corpus.reading import MAX_FILE_BYTES, read_path
from retrieval.abstaining import MODEL_PATH, checksum
from retrieval.answering import Request, consider_question
from retrieval.building import build_content
from retrieval.features import FEATURE_NAMES
from retrieval.filtering import filter_articles
from retrieval.index import Index
from retrieval.judging import is_hit
from retrieval.labelled import LabelledQuestion, read_labelled
from retrieval.measures import area_under_roc
from retrieval.quoting import Selection, run_span
from retrieval.writing import write_generation

FOLDS = 6

# From this probability on Quoth answers: the highest at which 85 % of the answerable development
# questions about a handful of news articles get an answer. Of the training questions whose answer
# was taken out it lets almost half through (``falsely_answered_share`` in the model).
THRESHOLD = 0.07
GROUP_ARTICLES = 5
Articles = list[tuple[Article, Source]]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question asked of one collection.

    ``is_answerable`` says whether its answer stands there, ``is_hit`` whether a quote hit it.
    """

    features: tuple[float, ...]
    is_answerable: bool
    is_hit: bool
    fold: int


def main() -> None:
    """Train, print the cross-validated figures, write the model."""
    parser = argparse.ArgumentParser(description="Train the confidence model that ships.")
    parser.add_argument("articles", type=Path, help="a .jsonl file of articles")
    parser.add_argument("questions", type=Path, help="labelled questions about them")
    parser.add_argument(
        "--origin", required=True, help="where the questions come from, with their licence"
    )
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="answer from here on")
    parser.add_argument("--output", type=Path, default=MODEL_PATH)
    arguments = parser.parse_args()
    examples = list(gather_examples(read_articles(arguments.articles), arguments.questions))
    model = train_model(examples, origin=arguments.origin, threshold=arguments.threshold)
    for name, figure in model["figures"].items():
        print(f"{name}: {figure}")  # noqa: T201 - this command prints its figures
    data = {"model": model, "sha256": checksum(model)}
    arguments.output.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def read_articles(path: Path) -> Articles:
    """Return the articles of a file, as they would be stored.

    Raises
    ------
    corpus.errors.RefusedInput
        At the first article that would be refused.
    """
    articles = []
    for item in read_path(path, encoding=None, max_bytes=MAX_FILE_BYTES):
        if isinstance(item, RefusedInput):
            raise item
        blocks = find_blocks(item.text)
        sha256 = hash_text(item.text)
        article = Article("training", item.article_id, 1, item.text, sha256, blocks)
        articles.append((article, item.source))
    return sorted(articles, key=lambda pair: pair[0].article_id)


def gather_examples(articles: Articles, questions: Path) -> Iterator[Example]:
    """Yield the examples of all questions, of the whole collection and of small ones."""
    with tempfile.TemporaryDirectory() as folder:
        labelled = read_labelled(questions, _build(articles, Path(folder)))
    folds = {article.article_id: n % FOLDS for n, (article, _) in enumerate(articles)}
    yield from _ask_variants(articles, labelled, folds)
    for fold in range(FOLDS):
        kept = [pair for pair in articles if folds[pair[0].article_id] != fold]
        about = [question for question in labelled if folds[_article_of(question)] == fold]
        yield from _ask(kept, about, folds, is_answerable=False)
    for start in range(0, len(articles), GROUP_ARTICLES):
        yield from _ask_variants(articles[start : start + GROUP_ARTICLES], labelled, folds)


def _ask_variants(
    articles: Articles, labelled: list[LabelledQuestion], folds: dict[str, int]
) -> Iterator[Example]:
    """Yield examples of the questions about these articles, whole and with paragraphs left out."""
    texts = {article.article_id: article for article, _ in articles}
    about = [question for question in labelled if _article_of(question) in texts]
    yield from _ask(articles, about, folds, is_answerable=True)
    for parity in (0, 1):
        kept = [
            (replace(article, blocks=article.blocks[parity::2]), source)
            for article, source in articles
        ]
        left_out = [
            question
            for question in about
            if _block_of(texts[_article_of(question)], question) % 2 != parity
        ]
        yield from _ask(kept, left_out, folds, is_answerable=False)


def train_model(examples: Sequence[Example], *, origin: str, threshold: float) -> dict[str, Any]:
    """Return the model as plain JSON data, with its cross-validated figures."""
    rows = np.array([example.features for example in examples])
    hits = np.array([example.is_hit for example in examples])
    folds = np.array([example.fold for example in examples])
    regression = LogisticRegression(max_iter=1000)
    held_out = cross_val_predict(
        regression, rows, hits, groups=folds, cv=GroupKFold(FOLDS), method="predict_proba"
    )[:, 1]
    regression.fit(rows, hits)
    return {
        "features": list(FEATURE_NAMES),
        "coefficients": [round(float(weight), 6) for weight in regression.coef_[0]],
        "intercept": round(float(regression.intercept_[0]), 6),
        "threshold": threshold,
        "origin": origin,
        "figures": _figures(examples, held_out, threshold),
    }


def _figures(examples: Sequence[Example], held_out: Floats, threshold: float) -> dict[str, float]:
    """Return what the model does on articles that it was not trained on."""
    answerable = np.array([example.is_answerable for example in examples])
    answered = held_out >= threshold
    separation = area_under_roc(held_out[answerable].tolist(), held_out[~answerable].tolist())
    return {
        "answerable": int(np.count_nonzero(answerable)),
        "unanswerable": int(np.count_nonzero(~answerable)),
        "auroc": round(separation, 4),
        "answered_share": round(float(answered[answerable].mean()), 4),
        "falsely_answered_share": round(float(answered[~answerable].mean()), 4),
    }


def _build(articles: Articles, folder: Path) -> Index:
    write_generation(build_content(articles), folder, collection="training", digest="training")
    return Index.open(folder)


def _ask(
    articles: Articles,
    questions: list[LabelledQuestion],
    folds: dict[str, int],
    *,
    is_answerable: bool,
) -> Iterator[Example]:
    """Yield an example of each question for which anything would be quoted at all."""
    with tempfile.TemporaryDirectory() as folder:
        index = _build(articles, Path(folder))
        everything = filter_articles(index, None, None, None)
        for question in questions:
            request = Request(question.question, asked=question.asked)
            considered = consider_question(index, request, everything)
            if considered.features is None:
                continue
            hit = any(_hits(index, question, one) for one in considered.selections)
            fold = folds[_article_of(question)]
            yield Example(considered.features.values(), is_answerable, hit, fold)


def _hits(index: Index, question: LabelledQuestion, selection: Selection) -> bool:
    span = run_span(index, selection.first, selection.last)
    article_id = index.record(selection.article).article_id
    return is_hit(question, article_id, span, span.slice(index.text(selection.article)))


def _article_of(question: LabelledQuestion) -> str:
    """Return the article that a question is about."""
    return question.article_id or question.gold[0].article_id


def _block_of(article: Article, question: LabelledQuestion) -> int:
    """Return the number of the block that holds a question's answer."""
    start = question.gold[0].span.start
    starts = [block.span.start for block in article.blocks]
    return bisect_right(starts, start) - 1


if __name__ == "__main__":
    main()
