"""The starter corpus: what a new server reads first, so its form and its care are promises."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import RefusedInput
from corpus.reading import Incoming, read_path
from corpus.sentences import split_sentences

STARTER = Path(__file__).resolve().parents[2] / "corpus" / "starter"
PATHS = sorted(STARTER.glob("*.md"))
BRIEFS = [path for path in PATHS if path.name.startswith("brief-")]
HANDBOOK = [path for path in PATHS if path.name.startswith("handbook-")]

LAST_EDITED = date(2026, 11, 22)  # move it when an article is dated later
MAX_SENTENCE_CHARACTERS = 250
MAX_HEADING_CHARACTERS = 60
RUN_WORDS = 9

FRONT_MATTER = re.compile(
    r"---\n"
    r"title: [^\n]+\n"
    r"publisher: Quoth sample articles\n"
    r"published: \d{4}-\d{2}-\d{2}\n"
    r"language: en\n"
    r"---\n"
)
MARKUP = re.compile(r"[*_`\[\]<>#~|\\]|^\s*(?:[-+>]|\d+[.)])\s|https?://", re.MULTILINE)
ATTRIBUTION = re.compile(
    r"\b(?:according to|added|announced|answered|asked|called|confirmed|counted|denied|described"
    r"|listed|reported|said|spoke|stated|told|wrote)\b",
    re.IGNORECASE,
)
OPENING_PRONOUN = re.compile(r"(?:He|Her|His|It|Its|She|Such|That|Their|These|They|This|Those)\b")
STATION_COUNT = re.compile(
    r"\b(?:5\d|10\d)\b.*\boverseas police stations\b|\boverseas police stations\b.*\b(?:5\d|10\d)\b"
)


def read_article(path: Path) -> Incoming:
    """Return the one article of a file, as `quoth corpus add` would take it in."""
    (article,) = read_path(path)
    assert not isinstance(article, RefusedInput)
    return article


def read_paragraphs(path: Path) -> list[str]:
    """Return the lines of an article that hold sentences, without its headings."""
    return [line for line in read_article(path).text.splitlines() if line.endswith(".")]


def read_sentences(path: Path) -> list[str]:
    """Return every sentence of an article's paragraphs, in order."""
    return [
        span.slice(paragraph)
        for paragraph in read_paragraphs(path)
        for span in split_sentences(paragraph)
    ]


def find_runs(text: str) -> set[tuple[str, ...]]:
    """Return every run of nine words of a text, folded."""
    words = [word.casefold() for word in re.findall(r"\w+", text)]
    return set(zip(*(words[start:] for start in range(RUN_WORDS)), strict=False))


def test_starter_holds_a_handbook_and_briefs() -> None:
    """A server can ask Quoth about Quoth, and try it on a subject on which reports differ."""
    assert len(HANDBOOK) >= 6
    assert len(BRIEFS) >= 6
    assert sorted(BRIEFS + HANDBOOK) == PATHS


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_front_matter_says_what_is_known(path: Path) -> None:
    """A quote shows title, publisher and date; nobody signs a sample, so no author is given."""
    source = read_article(path).source

    assert FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    assert source.title
    assert source.publisher == "Quoth sample articles"
    assert source.author is None
    assert source.language == "en"
    assert source.published is not None
    assert source.published <= LAST_EDITED


def test_titles_are_unique() -> None:
    """Two articles of one title could not be told apart beside a quote."""
    titles = [read_article(path).source.title for path in PATHS]

    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_text_is_short_and_plain(path: Path) -> None:
    """Stored text is shown character for character: markup would be read as such."""
    text = read_article(path).text

    assert 150 <= len(text.split()) <= 500
    assert MARKUP.search(text) is None


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_paragraph_is_one_line(path: Path) -> None:
    """Blocks end at line ends, so a wrapped paragraph would be cut in its sentences."""
    blocks = read_article(path).text.strip("\n").split("\n\n")

    for block in blocks:
        assert block
        assert "\n" not in block
        assert block.endswith(".") or len(block) <= MAX_HEADING_CHARACTERS


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_each_sentence_can_stand_alone(path: Path) -> None:
    """A quote is often one sentence: it must name its subject and fit on a phone."""
    for sentence in read_sentences(path):
        assert OPENING_PRONOUN.match(sentence) is None, sentence
        assert len(sentence) <= MAX_SENTENCE_CHARACTERS, sentence


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_each_sentence_of_a_brief_says_who_reported_it(path: Path) -> None:
    """Quoth has no view on the subject: without its speaker a sentence would read as a fact."""
    for sentence in read_sentences(path):
        assert ATTRIBUTION.search(sentence), sentence


def test_briefs_give_counts_that_differ_by_date() -> None:
    """The README's question, how many stations were reported, has more than one honest answer."""
    dates = {
        read_article(path).source.published
        for path in BRIEFS
        if any(STATION_COUNT.search(sentence) for sentence in read_sentences(path))
    }

    assert len(dates) >= 3


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_sentence_is_taken_from_the_real_articles(path: Path, shared: Path) -> None:
    """The real articles are other people's text, and none of their words may be shipped."""
    seeds = sorted((shared / "seeds").glob("*.txt"))
    foreign = set[tuple[str, ...]]().union(
        *(find_runs(seed.read_text(encoding="utf-8")) for seed in seeds)
    )

    assert foreign
    assert not find_runs(read_article(path).text) & foreign
