"""Blocks: only body is quoted as an answer, so what is body decides what Quoth can say."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import BlockKind, Span
from corpus.blocks import find_blocks
from corpus.paragraphs import find_paragraphs

PIECES = (
    *("The boat sank", "Boats", "Jo Day", "By Jo Day", "Author", "Updated:", "Q: Why", "# Boats"),
    *("date 2021-05-03 ", "Photo: ", "(Jo Day/Reuters)", "© Jo Day", "(pictured)", "•", "- "),
    *(".", "?", ",", "”", " ", "\u00a0", "\n", "\n", "\r\n", "\n\n", "\u2028"),
)
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join) | st.text()

FIRST = "Nine boats were taken out of service on Monday, the harbour office said in a statement."
LAST = "Nobody was hurt, the office said, and the boats will sail again in the spring."
LONG_LINE = (
    "Divers look for cracks in the hull of the oldest of the nine boats that were taken away"
)

# What the gold data calls its kinds, in our words. A caption's credit is a block of its own.
GOLD_KINDS = {
    "caption": {BlockKind.CAPTION, BlockKind.CREDIT},
    "photo_credit": {BlockKind.CREDIT},
    "duplicate_title": {BlockKind.REPEATED},
    "byline": {BlockKind.BYLINE},
    "author_box": {BlockKind.BYLINE},
    "heading": {BlockKind.HEADING},
    "title": {BlockKind.HEADING},
}
WIKI_SHARE_NOT_BODY = 0.01
SLOW_TEXT_CHARS = 100_000
SLOW_SECONDS = 5  # some ten times what it takes: only quadratic time takes longer


def kinds(text: str) -> list[str]:
    return [block.kind.value for block in find_blocks(text)]


def kinds_between(*lines: str, gap: str = "\n\n") -> list[str]:
    """Return the kinds of lines that stand between two paragraphs of body."""
    found = kinds("\n\n".join([FIRST, gap.join(lines), LAST]))
    assert found[0] == found[-1] == "body"
    return found[1:-1]


# What holds for every text.


@given(TEXTS)
def test_every_character_but_white_space_is_in_exactly_one_block(text: str) -> None:
    """What no block holds could be neither quoted nor shown as what it is."""
    blocks = find_blocks(text)

    assert all(above.span.end <= below.span.start for above, below in pairwise(blocks))
    covered = "".join(block.span.slice(text) for block in blocks)
    assert "".join(covered.split()) == "".join(text.split())


@given(TEXTS)
def test_a_block_is_trimmed_and_stays_inside_one_paragraph(text: str) -> None:
    paragraphs = find_paragraphs(text)

    for block in find_blocks(text):
        assert block.span.slice(text) == block.span.slice(text).strip()
        assert any(block.span in paragraph for paragraph in paragraphs)


@given(st.lists(st.sampled_from([FIRST, LAST, "“It sank,” he said."]), min_size=1, unique=True))
def test_sentences_alone_are_body(lines: list[str]) -> None:
    assert set(kinds("\n\n".join(lines))) == {"body"}


# A caption is shown only with its label, a credit never.


@pytest.mark.parametrize(
    "caption",
    [
        "A boat at sea.(Agency: Jo Day)",
        "A boat at sea. Jo Day/Getty Images",
        "A boat at sea © Provided by Harbour Times",
    ],
)
def test_a_credit_is_cut_from_its_caption(caption: str) -> None:
    assert kinds_between(caption) == ["caption", "credit"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("A boat at sea. (Jo Day/Harbour Times)", "A boat at sea. Jo Day/Harbour Times"),
        ("A boat leaves. It is old.", "A boat leaves. It is old.© Harbour Times"),
        ("A boat leaves the harbour\u00a0© Jo Day", "A boat leaves the harbour"),
    ],
)
def test_a_line_that_repeats_a_caption_is_one_too(above: str, below: str) -> None:
    found = kinds_between(above, below, gap="\n")

    assert [kind for kind in found if kind != "credit"] == ["caption", "caption"]


@pytest.mark.parametrize("alt", ["A boat", "Divers in a row", "Two old boats at night"])
def test_alternative_text_right_above_a_caption_belongs_to_it(alt: str) -> None:
    assert kinds_between(alt, "The boats are old. (Agency: Jo Day)", gap="\n")[0] == "caption"


@pytest.mark.parametrize(
    "caption", ["Pictured: the harbour", "A boat (pictured)", "A boat. (Jo Day/AP)"]
)
def test_a_long_line_without_full_stop_beside_a_caption_belongs_to_it(caption: str) -> None:
    assert kinds_between(caption, LONG_LINE)[-1] == "caption"
    assert kinds_between(LONG_LINE, caption)[0] == "caption"


def test_where_captions_stand_closer_together_a_line_further_off_is_body() -> None:
    group = "A boat at sea\nA boat at sea © Jo Day"

    assert kinds_between(group, LONG_LINE)[-1] == "body"


def test_body_right_above_a_caption_stays_body() -> None:
    assert kinds_between("Two boats leaked.", "A boat. (Jo Day/AP)", gap="\n")[0] == "body"


# A heading helps to find a passage and is not quoted.


@pytest.mark.parametrize(
    "heading",
    [
        "Nine boats",
        "“Old boats” in Ostia",
        "What happens next?",
        "1. The boats",
        "BOATS",
        "# X",
    ],
)
def test_a_short_line_without_full_stop_above_body_is_a_heading(heading: str) -> None:
    assert kinds_between(heading) == ["heading"]


@pytest.mark.parametrize(
    "title",
    [
        "Nine boats out of service after cracks found in hulls, harbour office says: report",
        "Boats leak",
        "Who pays for the boats?",
    ],
)
def test_the_first_line_is_the_title_and_its_copy_is_repeated(title: str) -> None:
    assert kinds(f"{title}\n\n{title}\n{FIRST}\n\n{LAST}") == [
        *("heading", "repeated", "body", "body"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "The boats are old.",
        "“No comment.”",
        "“We will stay,” she said",
        "Q: What happens next?",
        "Who paid for the boats, and why did nobody in the office ask about it?",
        "“What now?”",
        "They asked the office. Nobody was in",
        f"{LONG_LINE}, said divers who asked to remain unnamed",
        "- the oldest boat",
        "Boats\t9",
    ],
)
def test_other_lines_between_body_stay_body(line: str) -> None:
    assert kinds_between(line) == ["body"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Roses are red", "The sea is blue", "The boat is late", "And so are you"],
        ["Two old boats", "One cup of tar", "Nine nails", "Some rope", "A hammer"],
        ["Ostia – 9", "Rome – 3", "Naples – 4", "Bari – 1"],
    ],
)
def test_many_short_lines_on_end_are_a_list_or_a_poem(lines: list[str]) -> None:
    assert set(kinds_between(*lines)) == {"body"}


def test_lines_after_a_colon_are_a_list() -> None:
    assert kinds(f"{FIRST}\n\nThe boats lie in:\n\nOstia\n\nRome\n\n{LAST}") == ["body"] * 5


@pytest.mark.parametrize("text", ["Nine boats", "Nine boats\nTen boats", "What now?"])
def test_a_text_without_a_sentence_is_body(text: str) -> None:
    assert set(kinds(text)) == {"body"}


# Nothing that stands around an article answers a question.


def test_a_date_glued_to_the_first_sentence_is_cut_off() -> None:
    text = f" date 2021-05-03 {FIRST}"

    stub, body = find_blocks(text)
    assert (stub.kind, stub.span.slice(text)) == (BlockKind.NAVIGATION, "date 2021-05-03")
    assert (body.kind, body.span.slice(text)) == (BlockKind.BODY, FIRST)


def test_a_menu_in_front_is_navigation() -> None:
    menu = "Home\nWorld\nSport\nLocal News\nNine boats out of service after cracks found"

    assert kinds(f"{menu}\n\n{FIRST}") == [*["navigation"] * 4, "heading", "body"]


@pytest.mark.parametrize("title", ["Boats", "Nine boats"])
def test_a_short_title_below_a_menu_is_a_heading(title: str) -> None:
    assert kinds(f"Home\nWorld\nSport\nNews\n{title}\n\n{FIRST}")[-2:] == ["heading", "body"]


@pytest.mark.parametrize("tag", ["Ostia", "Local news", "Boats and ships"])
def test_tags_after_the_last_sentence_are_navigation(tag: str) -> None:
    assert kinds(f"{FIRST}\n\n{LAST}\n\n{tag}") == ["body", "body", "navigation"]


@pytest.mark.parametrize(
    "box",
    [
        "Jo Day\nJo Day\nAuthor\nJo Day is a harbour reporter.",
        "By Jo Day\nJo Day covers boats for this paper.",
        "Jo Day\nAuthor\nContact Jo at jo@example.org",
    ],
)
def test_an_author_box_is_a_byline(box: str) -> None:
    assert set(kinds(f"{FIRST}\n\n{LAST}\n\n{box}")[2:]) == {"byline"}


def test_a_second_copy_of_a_paragraph_is_repeated() -> None:
    assert kinds(f"{FIRST}\n\n{LAST}\n\n{FIRST}") == ["body", "body", "repeated"]


def test_short_answers_may_come_twice() -> None:
    assert set(kinds("Q: Did it sink?\nA: No.\nQ: Did it leak?\nA: No.")) == {"body"}


# The five articles beside the project, and encyclopaedia paragraphs.


def test_gold_structure_is_recognised(shared: Path) -> None:
    """Certain captions, titles, headings, bylines and boilerplate, each as what it is."""
    wrong = []
    for text, item in read_structure(shared):
        span = Span(item["start"], item["end"])
        found = {block.kind for block in find_blocks(text) if block.span.overlap(span)}
        if not found <= GOLD_KINDS.get(item["kind"], {BlockKind.NAVIGATION}):
            wrong.append((item["text"], found))

    assert not wrong


def test_gold_answers_from_body_are_body(shared: Path) -> None:
    """A gold answer that is no body could not be quoted."""
    lines = (shared / "gold" / "questions_dev.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [each for line in lines for each in json.loads(line).get("gold", [])]
    body = [each for each in gold if each["role"] == "body"]
    lost = []
    for each in body:
        text = (shared / "seeds" / each["file"]).read_bytes().decode("utf-8")
        span = Span(each["start"], each["end"])
        if not any(
            span in block.span and block.kind is BlockKind.BODY for block in find_blocks(text)
        ):
            lost.append(each["quote"])

    assert len(body) > 50
    assert not lost


def test_hardly_any_encyclopaedia_paragraph_is_called_anything_but_body(shared: Path) -> None:
    """Plain prose, paragraph by paragraph and article by article."""
    passages = read_passages(shared)
    alone = sum(set(kinds(text)) != {"body"} for texts in passages.values() for text in texts)
    joined = sum(count_not_body(texts) for texts in passages.values())
    total = sum(map(len, passages.values()))

    print(f"not body: {alone} alone, {joined} joined, of {total}")  # noqa: T201
    assert alone <= WIKI_SHARE_NOT_BODY * total
    assert joined <= WIKI_SHARE_NOT_BODY * total


@pytest.mark.parametrize(
    "unit", ["A\n", "A B\n\n", "(A: ", "A via ", "© A", "By A ", "\u00a0", "(left)", "1 ", ". A/"]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """One article must not hold up all others."""
    text = unit * (SLOW_TEXT_CHARS // len(unit))
    start = time.process_time()

    find_blocks(text)

    assert time.process_time() - start < SLOW_SECONDS


def read_structure(shared: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each certain stretch of the gold structure with its article's text."""
    for article in json.loads((shared / "gold" / "structure.json").read_text(encoding="utf-8")):
        text = (shared / "seeds" / article["file"]).read_bytes().decode("utf-8")
        title = [article["title"]] if article["title"] else []
        for item in [*title, *article["headings"], *article["boilerplate"]]:
            if item.get("certain", True):
                yield text, item


def read_passages(shared: Path) -> dict[str, list[str]]:
    """Return the encyclopaedia's paragraphs by title."""
    passages: dict[str, list[str]] = {}
    with gzip.open(shared / "wiki" / "wiki_passages.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            passage = json.loads(line)
            passages.setdefault(passage["title"], []).append(passage["text"].strip())
    return passages


def count_not_body(texts: list[str]) -> int:
    """Return how many of the texts hold other blocks than body when joined by blank lines."""
    blocks = find_blocks("\n\n".join(texts))
    not_body = [block.span for block in blocks if block.kind is not BlockKind.BODY]
    start = count = 0
    for text in texts:
        span = Span(start, start + len(text))
        count += any(each.overlap(span) for each in not_body)
        start = span.end + 2
    return count
