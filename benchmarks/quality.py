"""Measure the quality of answers beside full-text search, and write docs/quality.md and .svg.

``python benchmarks/quality.py [--shared DIR] [--questions N] [--output DIR]``

The models that ship were trained on the questions about the encyclopedia and about made-up news.
Asked those again, they would be flattered: so each run trains models anew, for each fold of the
articles without it, and questions are answered by models that have not seen their article or, of
made-up news, their story. Questions about the news are answered by the models that ship, and so are
those about the encyclopedia which are asked of the news.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from quality_baselines import Baseline, FullTextSearch, TfidfSearch, WordCoverage, judge_search
from quality_data import Collection, Data, leave_out, make_unanswerable, read_data
from quality_figure import Picture, count_kinds, draw_quality
from quality_page import write_page
from quality_rows import BM25, COVERAGE, QUOTH, TFIDF, Measured, mixed

from retrieval.measuring.evaluation import evaluate
from retrieval.measuring.judging import Outcome
from retrieval.measuring.labelled import LabelledQuestion
from retrieval.measuring.report import Report
from retrieval.measuring.thresholds import silence_curve
from retrieval.models import Models, load_models
from retrieval.question.kinds import Expected, expect_answer
from retrieval.training.folds import train

PROJECT = Path(__file__).resolve().parent.parent
PRESS = PROJECT / "tests" / "press"
SEED = 20240229
REMOVED_QUESTIONS = 2000  # asked once more without their articles, and of the news
QUOTES, QUOTE_CHARS = 3, 300
UNTOLD = "any answer"  # questions whose form does not say what kind of answer they want

Outcomes = dict[str, list[Outcome]]


def main() -> None:
    """Measure, print the table, write the page and the picture."""
    parser = argparse.ArgumentParser(description="Measure quality beside full-text search.")
    parser.add_argument("--shared", type=Path, default=PROJECT.parent / "shared")
    parser.add_argument("--questions", type=int, help="ask only so many of the encyclopedia's")
    parser.add_argument("--output", type=Path, default=PROJECT / "docs")
    arguments = parser.parse_args()
    if not arguments.shared.is_dir():
        parser.error(
            f"{arguments.shared} is not a folder; name that of the labelled data (--shared)"
        )
    with tempfile.TemporaryDirectory() as folder:
        data = read_data(arguments.shared, PRESS, Path(folder))
        asked = draw_sample(data.questions, arguments.questions)
        started = time.perf_counter()
        sets = [data.training, data.press_training]
        folds = train(sets, threshold=load_models().threshold).folds
        seconds = time.perf_counter() - started
        print(f"trained in {seconds:.0f} seconds", flush=True)
        results = measure(data, asked, Path(folder), folds=folds)
    told = f"{tell_sample(asked, data.questions)} {HELD_OUT.format(seconds=seconds)}"
    page = write_page(results, told=told)
    arguments.output.mkdir(parents=True, exist_ok=True)
    (arguments.output / "quality.md").write_text(page, "utf-8")
    (arguments.output / "quality.svg").write_text(draw_quality(make_picture(results)), "utf-8")
    print(page)


def measure(
    data: Data,
    questions: Sequence[LabelledQuestion],
    folder: Path,
    *,
    folds: Sequence[Models],
) -> dict[str, Measured]:
    """Return what everybody did in every situation.

    Parameters
    ----------
    data : Data
    questions : sequence of LabelledQuestion
        Those about the encyclopedia that are asked.
    folder : pathlib.Path
        Where indexes may be written.
    folds : sequence of Models
        For each fold of the articles, made-up ones included, models that have not seen those.
    """
    situations: dict[str, Outcomes] = defaultdict(lambda: defaultdict(list))
    add = partial(_extend, situations)
    once_more = {question.id for question in draw_sample(questions, REMOVED_QUESTIONS)}
    news, wiki, press = map(Contest, (data.seeds, data.wiki, data.press))
    shipped = load_models()
    add("news", news.ask(data.gold, shipped))
    for fold, models in enumerate(folds):
        print(f"fold {fold + 1} of {len(folds)}", flush=True)
        held_out = {one for one, its_fold in data.training.folds.items() if its_fold == fold}
        about = [question for question in questions if data.training.fold_of(question) == fold]
        rest = Contest(leave_out(data.wiki, held_out, folder / f"without-{fold}"))
        nothing = make_unanswerable(one for one in about if one.id in once_more)
        add("wiki", wiki.ask(about, models))
        add("removed", rest.ask(nothing, models))
        add("elsewhere", news.ask(nothing, shipped))
        made_up = [one for one in data.press_questions if data.press_training.fold_of(one) == fold]
        add("press", press.ask(made_up, models))
    return {
        name: Measured(**{key: Report(tuple(found[name])) for key, found in situations.items()})
        for name in (QUOTH, BM25, TFIDF, COVERAGE)
    }


class Contest:
    """One collection, and all who are asked about it."""

    def __init__(self, collection: Collection) -> None:
        self._index = collection.index
        self._searches: dict[str, Baseline] = {
            BM25: FullTextSearch(collection.stretches),
            TFIDF: TfidfSearch(collection.stretches),
        }
        self._coverage = WordCoverage(collection.stretches)

    def ask(self, questions: Sequence[LabelledQuestion], models: Models) -> Outcomes:
        """Ask everybody the same questions; Quoth answers with these models."""
        report = evaluate(
            self._index, questions, max_quotes=QUOTES, quote_chars=QUOTE_CHARS, models=models
        )
        outcomes = {QUOTH: list(report.outcomes)}
        for name, search in self._searches.items():
            outcomes[name] = [judge_search(search, question) for question in questions]
        outcomes[COVERAGE] = [self._coverage.judge(outcome) for outcome in outcomes[BM25]]
        return outcomes


def draw_sample(
    questions: Sequence[LabelledQuestion], count: int | None
) -> Sequence[LabelledQuestion]:
    """Return so many of the questions, the same ones each time, in their order; None means all."""
    if count is None or count >= len(questions):
        return questions
    drawn = random.Random(SEED).sample(range(len(questions)), count)  # noqa: S311 - no secret
    return [questions[place] for place in sorted(drawn)]


def tell_sample(asked: Sequence[LabelledQuestion], questions: Sequence[LabelledQuestion]) -> str:
    """Return which questions were asked, in two sentences."""
    again = min(len(asked), REMOVED_QUESTIONS)
    return (
        f"{len(asked):,} of {len(questions):,} questions about Wikipedia were asked; {again:,} of "
        "them, drawn by lot, once more without their article, and of the news."
    )


def make_picture(results: dict[str, Measured]) -> Picture:
    """Return what the picture shows of the results."""
    both = mixed(results[QUOTH])
    error = both.calibration()
    assert error is not None  # questions were asked
    curves = {
        name: silence_curve(_confidences(one.wiki.answerable), _confidences(one.removed.outcomes))
        for name, one in results.items()
    }
    shown = {name: results[name] for name in (QUOTH, BM25)}
    wiki = {name: one.wiki for name, one in shown.items()}
    news = {name: one.news for name, one in shown.items()}
    return Picture(
        bins=both.reliability(),
        calibration_error=error.value,
        curves=curves,
        wiki_kinds=count_kinds(wiki, expected_kind),
        news_kinds=count_kinds(news, labelled_kind),
    )


def expected_kind(outcome: Outcome) -> str:
    """Return the kind of answer that a question asks for by its form."""
    expected = expect_answer(outcome.labelled.question)
    return UNTOLD if expected is Expected.ANY else expected.value.replace("_", " or ")


def labelled_kind(outcome: Outcome) -> str:
    """Return the type of question that somebody labelled."""
    return outcome.labelled.kind


def _confidences(outcomes: Iterable[Outcome]) -> list[float]:
    return [outcome.confidence for outcome in outcomes]


def _extend(situations: dict[str, Outcomes], situation: str, outcomes: Outcomes) -> None:
    for name, found in outcomes.items():
        situations[situation][name] += found


HELD_OUT = (
    "The models that ship have learnt from these questions and from those about made-up news, so "
    "both were answered by models that had not seen their article or story: this run trained them, "
    "in {seconds:.0f} seconds. Questions about the news, and all that were asked of the news, were "
    "answered by the models that ship."
)

if __name__ == "__main__":
    main()
