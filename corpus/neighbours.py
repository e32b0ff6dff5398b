"""What the kind of a paragraph owes to the paragraphs around it.

Each ``mark_`` function is one rule. It sets the kind of paragraphs that no earlier rule has claimed
(``kind is None``); `corpus.blocks` calls them in the order in which they stand here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, takewhile

from corpus.article import BlockKind, Span
from corpus.shapes import (
    ends_with_question,
    ends_with_stop,
    is_long,
    is_person_name,
)

# So many lines of one or two words in front of everything else are a menu.
MIN_MENU_LINES = 4
MAX_MENU_WORDS = 2
MAX_TITLE_CHARS = 150
# A question is a heading only if it is this short: longer ones are the author's own.
MAX_QUESTION_WORDS = 8
# So many short lines on end are a list, a table or a poem, not headings.
MIN_LIST_LINES = 4
# A tag or a section's name after the last sentence.
MAX_TAG_WORDS = 4
# A shorter paragraph may come twice by right, as "No." does in an interview.
MIN_REPEATED_CHARS = 25

_NO_HEADING_END = (",", ";", "-", "–", "—", "|")
# Rows of tables and formulas; a single character is a cell of one. Speech, and the end of one
# sentence before another, are body that lost its full stop.
_NO_HEADING_INSIDE = re.compile(r"[\t\\{}=]|^.$|,[”’\"']|[a-z]{3}[.!?][”’\"')]* [“‘\"'(]?[A-Z]")
_MID_SENTENCE = frozenset(",;:.!?)]}…")
_NO_HEADING_START = re.compile(r"[-–—•·*▪◦+|>]|(?:Q|A|Question|Answer)\s?[:.]")
_ABOUT_AUTHOR = frozenset("is was has covers writes reports joined works".split())


@dataclass(slots=True)
class Paragraph:
    """One paragraph and what is known of it so far.

    Parameters
    ----------
    text : str
        As long as in the article, with a plain space for every line end and no-break space.
    span : Span
        Its place in the article.
    stub : int
        The length of a date glued to its front, 0 if there is none.
    credit : int or None
        Where the picture credit at its end begins, counted from its start.
    after_blank : bool
        Whether a blank line parts it from the paragraph before.
    kind : BlockKind or None
        None as long as no rule has claimed it.

    Attributes
    ----------
    has_stop, is_long : bool
        Whether it ends like a sentence; whether it is too long for a heading.
    """

    text: str
    span: Span
    stub: int
    credit: int | None
    after_blank: bool
    kind: BlockKind | None
    has_stop: bool = field(init=False)
    is_long: bool = field(init=False)

    def __post_init__(self) -> None:
        self.has_stop = ends_with_stop(self.text)
        self.is_long = is_long(self.text)

    @property
    def stem(self) -> str:
        """The text without its credit."""
        return self.text[: self.credit].rstrip()


def mark_copied_captions(paragraphs: Sequence[Paragraph]) -> None:
    """Mark neighbours that are alike but for a credit: a caption, printed twice."""
    for above, below in pairwise(paragraphs):
        credited = above.credit is not None or below.credit is not None
        if credited and above.stem and above.stem == below.stem:
            above.kind = below.kind = BlockKind.CAPTION


def mark_menu(paragraphs: Sequence[Paragraph]) -> None:
    """Mark a menu: a run of lines of one or two words in front of everything else.

    The last of them is no part of it if body text follows: it is then a short title.
    """
    menu = list(takewhile(_is_menu_entry, paragraphs))
    if len(menu) < len(paragraphs) and _is_body_like(paragraphs[len(menu)]):
        menu = menu[:-1]
    if MIN_MENU_LINES <= len(menu) < len(paragraphs):
        for entry in menu:
            entry.kind = BlockKind.NAVIGATION


def mark_title(paragraphs: Sequence[Paragraph]) -> None:
    """Mark the title: the first line, if it is no sentence and sentences follow; and its copies."""
    unclaimed = [paragraph for paragraph in paragraphs if paragraph.kind is None]
    if not any(map(_is_body_like, unclaimed[1:])):
        return
    title, *others = unclaimed
    if not _may_be_title(title) or _goes_on(others[0].text):
        return
    title.kind = BlockKind.HEADING
    for copy in others:
        if copy.text == title.text:
            copy.kind = BlockKind.REPEATED


def mark_bylines(paragraphs: Sequence[Paragraph]) -> None:
    """Mark bylines: a name printed twice or above "Author", and what tells of that person."""
    for above, below in pairwise(paragraphs):
        doubled = above.text == below.text and below.kind is None
        titled = below.kind is BlockKind.BYLINE and below.text.startswith("Author")
        if above.kind is None and (doubled or titled) and is_person_name(above.text):
            above.kind = BlockKind.BYLINE
            below.kind = BlockKind.BYLINE
    names = {
        re.sub(r"^[Bb][Yy] ", "", paragraph.text)
        for paragraph in paragraphs
        if paragraph.kind is BlockKind.BYLINE
    }
    for paragraph in paragraphs:
        if paragraph.kind is None and names and _tells_of(paragraph.text, names):
            paragraph.kind = BlockKind.BYLINE


def mark_captions_beside(paragraphs: Sequence[Paragraph]) -> None:
    """Mark lines without a full stop that stand as close to a caption as lines come.

    Right above a caption, in an article that parts its paragraphs by blank lines, this holds for
    short lines too: they are the picture's alternative text. Other lines must be too long for a
    heading. Where captions are joined to each other more closely than to this line, it is body.
    """
    followers = paragraphs[1:]
    tight = sum(not paragraph.after_blank for paragraph in followers)
    rare = 0 < tight <= len(followers) // 2
    for above, below in pairwise(paragraphs):
        if below.after_blank and tight:
            continue
        if above.kind is BlockKind.CAPTION and _lacks_stop(below) and below.is_long:
            below.kind = BlockKind.CAPTION
        elif below.kind is BlockKind.CAPTION and _lacks_stop(above) and (rare or above.is_long):
            above.kind = BlockKind.CAPTION


def mark_tags(paragraphs: Sequence[Paragraph]) -> None:
    """Mark a few words without a full stop after the last sentence: topics, not facts."""
    last = max((i for i, each in enumerate(paragraphs) if _is_body_like(each)), default=None)
    if last is None or paragraphs[last].text.endswith(":"):
        return
    for paragraph in paragraphs[last + 1 :]:
        if paragraph.kind is None and _is_tag(paragraph, MAX_TAG_WORDS):
            paragraph.kind = BlockKind.NAVIGATION


def mark_headings(paragraphs: Sequence[Paragraph]) -> None:
    """Mark headings: short lines without a full stop above body text that are no part of a list.

    A question is one only if it is very short and nobody's words: in an interview without "Q:"
    a short question counts as a heading, a longer one as body.
    """
    below: Paragraph | None = None  # the next paragraph down the page that no rule has claimed
    runs = [(may_be, list(run)) for may_be, run in groupby(paragraphs, key=_may_be_heading)]
    for place in range(len(runs) - 1, -1, -1):
        may_be, run = runs[place]
        introduced = place > 0 and runs[place - 1][1][-1].text.endswith(":")
        is_list = len(run) >= MIN_LIST_LINES or introduced
        if may_be and not is_list and below is not None and not _goes_on(below.text):
            for paragraph in run:
                paragraph.kind = BlockKind.HEADING
        below = next((each for each in run if each.kind is None), below)


def mark_repeated(paragraphs: Sequence[Paragraph]) -> None:
    """Mark exact second copies of a paragraph of body text."""
    seen: set[str] = set()
    for paragraph in paragraphs:
        if paragraph.kind is None and len(paragraph.text) >= MIN_REPEATED_CHARS:
            if paragraph.text in seen:
                paragraph.kind = BlockKind.REPEATED
            seen.add(paragraph.text)


def _is_menu_entry(paragraph: Paragraph) -> bool:
    if paragraph.kind is None:
        return _is_tag(paragraph, MAX_MENU_WORDS)
    return paragraph.kind is BlockKind.NAVIGATION


def _is_tag(paragraph: Paragraph, max_words: int) -> bool:
    return (
        not paragraph.has_stop
        and not paragraph.is_long
        and len(paragraph.text.split()) <= max_words
        and _has_heading_edges(paragraph.text)
    )


def _is_body_like(paragraph: Paragraph) -> bool:
    return paragraph.kind is None and (paragraph.has_stop or paragraph.is_long)


def _lacks_stop(paragraph: Paragraph) -> bool:
    return paragraph.kind is None and not paragraph.has_stop


def _may_be_title(paragraph: Paragraph) -> bool:
    if not _has_heading_edges(paragraph.text):
        return False
    if ends_with_question(paragraph.text):
        return not paragraph.is_long
    return not paragraph.has_stop and len(paragraph.text) <= MAX_TITLE_CHARS


def _may_be_heading(paragraph: Paragraph) -> bool:
    if paragraph.kind is not None or paragraph.is_long or not _has_heading_edges(paragraph.text):
        return False
    if ends_with_question(paragraph.text):
        return len(paragraph.text.split()) <= MAX_QUESTION_WORDS and ":" not in paragraph.text
    return not paragraph.has_stop


def _goes_on(text: str) -> bool:
    """Say whether a paragraph begins in mid-sentence, so that the line above is its beginning."""
    return text[0].islower() or text[0] in _MID_SENTENCE


def _has_heading_edges(text: str) -> bool:
    """Say whether a line neither begins like a list, a reply or half a sentence, nor ends so."""
    if _goes_on(text) or text.endswith(_NO_HEADING_END) or _NO_HEADING_INSIDE.search(text):
        return False
    if ends_with_question(text) and text[0] in "“‘\"'«":
        return False  # somebody asks
    return _NO_HEADING_START.match(text) is None


def _tells_of(text: str, names: set[str]) -> bool:
    """Say whether a paragraph begins with one of the names and a verb of an author's portrait."""
    words = text.split(" ", 5)
    return any(
        words[count] in _ABOUT_AUTHOR and " ".join(words[:count]) in names
        for count in range(2, min(len(words), 5))
    )
