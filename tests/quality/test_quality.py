"""The whole benchmark over a small corpus of our own, in the form of the labelled data."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import quality
from quality_data import Data, article_of, leave_out, make_unanswerable, read_data
from quality_figure import LEAST_QUESTIONS, STYLES, TOGETHER, count_kinds
from quality_goals import GOAL_HEADS, goal_rows
from quality_page import write_table
from quality_rows import BM25, COVERAGE, QUOTH, TFIDF, Measured, Row, mixed, show_share

from retrieval.indexing.index import Index
from retrieval.measuring.judging import JudgedQuote, Outcome
from retrieval.measuring.labelled import LabelledQuestion
from retrieval.measuring.measures import Share
from retrieval.measuring.report import Report
from retrieval.models import Models, load_models
from retrieval.training.folds import FOLDS
from tests.quality.small_data import ARTICLE, SHIPS, TOWNS, write_press, write_shared


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_shared(tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_press(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def data(small: Path, press: Path, tmp_path_factory: pytest.TempPathFactory) -> Data:
    return read_data(small, press, tmp_path_factory.mktemp("data"))


def test_baselines_search_whole_paragraphs_with_the_sentences_in_them(data: Data) -> None:
    """The encyclopedia is cut as its labels are, the news as Quoth cuts it."""
    assert sorted(one.text for one in data.wiki.stretches) == sorted(
        part.format(town=town, year=1700 + number)
        for number, town in enumerate(TOWNS)
        for part in ARTICLE
    )
    for stretch in (*data.wiki.stretches, *data.seeds.stretches, *data.press.stretches):
        assert stretch.sentences
        assert all(one.span in stretch.span for one in stretch.sentences)


def test_an_article_that_is_left_out_is_in_neither_index(data: Data, tmp_path: Path) -> None:
    """And the questions about it then have nothing to find."""
    gone = article_of(data.questions[0])

    rest = leave_out(data.wiki, {gone}, tmp_path / "rest")

    assert rest.index.n_articles == len(TOWNS) - 1
    assert gone not in {record.article_id for record in rest.index.articles}
    assert gone not in {one.article.article_id for one in rest.stretches}
    (question,) = make_unanswerable(data.questions[:1])
    assert not question.answerable
    assert question.question == data.questions[0].question


def test_each_fold_is_answered_by_what_has_not_seen_it(
    data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Models that learnt from an article would know its questions: the figures would flatter."""
    folds = [replace(load_models()) for _ in range(FOLDS)]
    asked: dict[str, list[int]] = defaultdict(list)
    evaluate = quality.evaluate

    def watch(
        index: Index, questions: Sequence[LabelledQuestion], *, models: Models, **limits: int
    ) -> Report:
        for one in questions:
            asked[one.id].append(id(models))
        return evaluate(index, questions, models=models, **limits)

    monkeypatch.setattr(quality, "evaluate", watch)
    results = quality.measure(data, data.questions, tmp_path, folds=folds)

    for question in data.questions:
        unseen = id(folds[data.training.folds[article_of(question)]])
        assert asked[question.id] == [unseen, unseen, id(load_models())]
    assert asked["D1"] == [id(load_models())]
    for question in data.press_questions:
        assert asked[question.id] == [id(folds[data.press_training.fold_of(question)])]
    for measured in results.values():
        assert len(measured.wiki.answerable) == len(measured.removed.unanswerable) == 2 * len(TOWNS)
        assert len(measured.elsewhere.unanswerable) == 2 * len(TOWNS)
        assert len(measured.news.outcomes) == 2
        assert len(measured.press.answerable) == len(measured.press.unanswerable) == len(SHIPS)


def test_questions_are_asked_as_they_are_written(data: Data) -> None:
    """Training asks every second one in lower case; a figure is about what was asked."""
    written = {one.id: one.question for one in data.questions}

    assert all(not question.islower() for question in written.values())
    assert any(one.question != written[one.id] for one in data.training.questions)


def test_the_page_and_the_picture_are_written(
    small: Path,
    press: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The page has every figure for everybody; the picture names whom it shows."""
    arguments = ["quality.py", "--shared", str(small), "--output", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", [*arguments, "--questions", "12"])
    monkeypatch.setattr(quality, "PRESS", press)

    quality.main()

    page = (tmp_path / "quality.md").read_text("utf-8")
    assert page in capsys.readouterr().out
    assert "12 of 16 questions about Wikipedia were asked" in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {5, 6}  # word coverage is no search
    assert "84 %" in next(row for row in rows if "passage@1" in row)  # the goal, in the first table
    for label in ("quote@3", "area under the ROC curve", "calibration error", "processor time"):
        assert any(label in row for row in rows)
    for label in ("passage@1", "quote@3", "unanswerable questions met with silence"):
        assert any(row.startswith(f"| Made-up news: {label}") for row in rows)
    picture = ElementTree.parse(tmp_path / "quality.svg")  # noqa: S314 - our own picture
    words = {one.text for one in picture.iter() if one.tag.endswith("}text")}
    assert set(STYLES) | {"confidence", "Wikipedia", "News"} <= words


def test_a_missing_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["quality.py", "--shared", str(tmp_path / "nowhere")])

    with pytest.raises(SystemExit):
        quality.main()

    assert "nowhere is not a folder" in capsys.readouterr().err


def test_a_sample_is_the_same_each_time_and_keeps_the_order(data: Data) -> None:
    drawn = quality.draw_sample(data.questions, 5)

    assert drawn == quality.draw_sample(data.questions, 5)
    assert [one for one in data.questions if one in drawn] == drawn
    assert quality.draw_sample(data.questions, None) == data.questions


def test_a_share_is_shown_with_its_count_and_interval() -> None:
    """Of nothing there is no share."""
    assert show_share(Share(26, 38)) == "**68.4%** (52.5% to 80.9%)<br>26 of 38"
    assert show_share(Share(0, 0)) == "–"


def test_a_figure_that_does_not_apply_to_somebody_is_a_dash() -> None:
    """An empty cell would look like a figure that was lost."""
    table = write_table((" ", "Quoth", "search"), [Row("silence", ("**90%**",))])

    assert table.splitlines()[-1] == "| silence | **90%** | – |"


def make_outcome(name: str, kind: str, *, hit: bool, answerable: bool = True) -> Outcome:
    labels: dict[str, Any] = {"answers": ("54",), "article_id": "a"} if answerable else {}
    labelled = LabelledQuestion(name, "How many?", answerable=answerable, kind=kind, **labels)
    quotes = (JudgedQuote(hit, not hit, True, False, frozenset(), "54 cranes"),)
    return Outcome(labelled, (hit,), 0.5, quotes, quotes, 1.0)


def make_measured(*, hit: bool) -> Measured:
    both = Report(
        (
            make_outcome("A", "who", hit=hit),
            make_outcome("B", "who", hit=False, answerable=False),
        )
    )
    return Measured(both, both, Report(both.outcomes[1:]), Report(both.outcomes[1:]), both)


def test_the_first_table_tells_what_was_reached_beside_what_was_wanted() -> None:
    """Everybody's figure in its own column, whether it flatters Quoth or not."""
    found = {name: make_measured(hit=name == BM25) for name in (QUOTH, BM25, TFIDF, COVERAGE)}

    rows = {row.label: row.cells for row in goal_rows(found)}

    assert GOAL_HEADS == ("default TF-IDF", "FTS5 bm25", "Quoth", "goal")
    tfidf, bm25, quoth, goal = rows["Wikipedia: quote@3"]
    assert tfidf.startswith("**0.0%**")
    assert bm25.startswith("**100.0%**")
    assert quoth.startswith("**0.0%**")
    assert goal == "88 %"
    assert rows["quotes equal to the text"][:2] == ["–", "–"]  # searches do not claim it
    assert {len(cells) for cells in rows.values()} == {4}


def test_rare_kinds_are_drawn_together_at_the_end() -> None:
    """One question of a kind says nothing about the kind; the largest kinds stand first."""
    outcomes = [make_outcome(f"W{n}", "who", hit=True) for n in range(LEAST_QUESTIONS)]
    outcomes += [make_outcome(f"N{n}", "when", hit=n > 0) for n in range(LEAST_QUESTIONS + 1)]
    outcomes += [make_outcome(kind, kind, hit=False) for kind in ("typo", "where")]
    report = Report((*outcomes, make_outcome("none", "zebra", hit=False, answerable=False)))

    (kinds,) = count_kinds({"Quoth": report}, quality.labelled_kind).values()

    assert [(one.kind, one.at_1) for one in kinds] == [
        ("when", Share(LEAST_QUESTIONS, LEAST_QUESTIONS + 1)),
        ("who", Share(LEAST_QUESTIONS, LEAST_QUESTIONS)),
        (TOGETHER, Share(0, 2)),
    ]


def test_calibration_weighs_questions_with_and_without_their_article_alike() -> None:
    """Only those that were asked both ways: one half can be answered, the other cannot."""
    asked = tuple(make_outcome(name, "who", hit=True) for name in "ABC")
    removed = (make_outcome("B", "who", hit=False, answerable=False),)
    empty = Report(())

    both = mixed(Measured(empty, Report(asked), Report(removed), empty, empty))

    assert both.outcomes == (asked[1], removed[0])
