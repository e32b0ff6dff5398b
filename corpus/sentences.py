"""Where sentences begin and end: nupunkt's breaks, and the few rules it lacks for news text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from nupunkt import sent_spans

from corpus.article import Block, Span
from corpus.paragraphs import find_paragraphs

# Nupunkt knows these, but not behind an opening mark or before another one ("Lt. Col.").
TITLES = frozenset(
    f"{title}."
    for title in (
        "Mr Mrs Ms Messrs Dr Prof Sen Rep Gov Gen Lt Col Sgt Capt Cpl Maj Brig Adm Cmdr Rev Hon "
        "Pres Supt Insp Det"
    ).split()
)
_LONGEST_TITLE = 12
_OPENING_MARKS = "“‘«\"'([{"

# A sentence keeps its closing marks and its footnote numbers. Behind a space, a straight mark
# opens, and ’ before a letter is an apostrophe; glued to the sentence, both close.
_GLUED_CLOSING_MARKS = re.compile(r"(?:[”»)\]}’'\"]|\[\d{1,3}\])+\s*")
_SPACED_CLOSING_MARKS = re.compile(r"(?:[”»)\]}]|’(?!\w)|\[\d{1,3}\])+\s*")
_NEVER_FIRST = frozenset(",;:.!?…%")
_LIST_NUMBER = re.compile(r"\d{1,3}[.)]\s*")

# Credits stand right behind a caption, often without a space: "at sea© Jo Day",
# "at sea.(Agency: Jo Day)".
_COPYRIGHT_SIGN = re.compile(r"©(?=\s?[A-Z0-9])")
_NO_CREDIT_BEFORE = ("copyright", "(")
_OPENING_BRACKET = re.compile(r"\((?=[A-Z])")
_GLUED_SENTENCE_END = re.compile(r"[a-z][.!?][”’\"']?$")

# Nupunkt takes quadratic time over a "word" of thousands of characters, full of stops.
_MAX_WORD_CHARS = 500
_OVERLONG_WORD = re.compile(rf"(?<!\S)\S{{{_MAX_WORD_CHARS},}}")


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of a text, be it one block or a whole article, in order.

    A sentence never crosses the edge of a paragraph. It keeps the quotation marks and brackets
    that close behind it; where in doubt two sentences stay together, since a whole quote is
    better than half of one.

    Returns
    -------
    list of Span
        Disjoint, without white space at either end; every character that is not white space
        is in exactly one. Empty for a text of white space only.
    """
    breaks = _find_breaks(text)
    sentences: list[Span] = []
    for paragraph in find_paragraphs(text):
        first = bisect_right(breaks, paragraph.start)
        inside = breaks[first : bisect_left(breaks, paragraph.end, first)]
        sentences.extend(_cut_paragraph(text, paragraph, inside))
    return sentences


def split_blocks(text: str, blocks: Sequence[Block]) -> list[list[Span]]:
    """Return the sentences of each block of an article, in order.

    The article is read once as a whole, so that a break is judged with all that stands around it;
    a sentence that crosses the edge of a block is cut there.

    Parameters
    ----------
    blocks : sequence of Block
        In order of place, disjoint.
    """
    sentences = split_sentences(text)
    starts = [sentence.start for sentence in sentences]
    ends = [sentence.end for sentence in sentences]
    parts = []
    for block in blocks:
        first = bisect_right(ends, block.span.start)
        last = bisect_left(starts, block.span.end)
        parts.append([_clip(text, sentence, block.span) for sentence in sentences[first:last]])
    return parts


def _clip(text: str, sentence: Span, block: Span) -> Span:
    """Return the part of a sentence that lies in a block, without white space at its ends."""
    if sentence in block:
        return sentence
    start, end = max(sentence.start, block.start), min(sentence.end, block.end)
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return Span(start, start + len(inside.strip()))


def _find_breaks(text: str) -> list[int]:
    """Return where a sentence may begin, in order: nupunkt's places, and those before credits."""
    breaks = {start for start, _ in sent_spans(_mask_overlong_words(text))}
    for found in _OPENING_BRACKET.finditer(text):
        if _GLUED_SENTENCE_END.search(text[max(0, found.start() - 3) : found.start()]):
            breaks.add(found.start())
    for found in _COPYRIGHT_SIGN.finditer(text):
        before = text[max(0, found.start() - 12) : found.start()].rstrip().lower()
        if not before.endswith(_NO_CREDIT_BEFORE):
            breaks.add(found.start())
    return sorted(breaks)


def _mask_overlong_words(text: str) -> str:
    """Return the text with every overlong word replaced by as many letters."""
    if max(map(len, text.split()), default=0) < _MAX_WORD_CHARS:
        return text
    return _OVERLONG_WORD.sub(lambda word: "x" * len(word[0]), text)


def _cut_paragraph(text: str, paragraph: Span, breaks: list[int]) -> Iterator[Span]:
    """Yield the sentences of one paragraph, given the places inside it where one may begin."""
    start = paragraph.start
    for proposed in breaks:
        place = _skip_closing_marks(text, proposed)
        if start < place < paragraph.end and _may_break(text, start, place):
            yield _trim(text, start, place)
            start = place
    yield _trim(text, start, paragraph.end)


def _skip_closing_marks(text: str, place: int) -> int:
    """Return the place behind the marks that close the sentence before it."""
    glued = not text[place - 1].isspace()
    closing = (_GLUED_CLOSING_MARKS if glued else _SPACED_CLOSING_MARKS).match(text, place)
    return place if closing is None else closing.end()


def _may_break(text: str, start: int, place: int) -> bool:
    """Say whether a sentence that began at ``start`` may end before ``place``."""
    first = text[place]
    if first.islower() or first in _NEVER_FIRST:
        return False
    last_words = text[max(start, place - _LONGEST_TITLE) : place].split()
    if last_words and last_words[-1].lstrip(_OPENING_MARKS) in TITLES:
        return False
    return _LIST_NUMBER.fullmatch(text, start, place) is None


def _trim(text: str, start: int, end: int) -> Span:
    """Return a stretch that begins with a character other than white space, trimmed."""
    return Span(start, start + len(text[start:end].rstrip()))
