"""Where one paragraph ends and the next begins, whatever the line ends and the wrapping."""

from __future__ import annotations

from itertools import pairwise

from corpus.article import Span

# A wrapped text has a margin: columns outside these are lists of names, or whole paragraphs.
MIN_WRAP_COLUMNS = 30
MAX_WRAP_COLUMNS = 120
# Two lines of like width are chance; three line ends that all fall at the margin are not.
MIN_WRAPPED_LINES = 3
# Web addresses and the like stick out of the margin, and an edited line falls short of it.
WRAPPED_SHARE = 0.85

_FINISHED = frozenset(".!?:;…”\"’'。！？")


def find_paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text, in order.

    Blank lines always part paragraphs. Every other line end does too, unless the whole text is
    hard-wrapped: then the line ends inside a paragraph mean nothing. A line ends where
    `str.splitlines` says so: at LF, CR, CRLF, U+0085, U+2028, U+2029 and the like.

    Returns
    -------
    list of Span
        Disjoint, without white space at either end; every character that is not white space
        is in exactly one. Empty for a text of white space only.
    """
    groups = _group_lines(text)
    if _is_hard_wrapped(text, groups):
        return [Span(group[0].start, group[-1].end) for group in groups]
    return [line for group in groups for line in group]


def _group_lines(text: str) -> list[list[Span]]:
    """Return the lines that hold something, trimmed, in groups parted by blank lines."""
    groups: list[list[Span]] = []
    after_blank = True
    start = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            if after_blank:
                groups.append([])
            first = start + len(line) - len(line.lstrip())
            groups[-1].append(Span(first, first + len(bare)))
        after_blank = not bare
        start += len(line)
    return groups


def _is_hard_wrapped(text: str, groups: list[list[Span]]) -> bool:
    """Say whether lines, grouped by the blank lines between them, were broken at a margin.

    Notes
    -----
    A program that wraps text breaks a line where the next word would cross the margin. So in a
    wrapped text the first word of a line hardly ever fits on the line before.
    """
    widths = sorted(len(line) for group in groups for line in group)
    if len(widths) <= MIN_WRAPPED_LINES:
        return False
    margin = widths[int((len(widths) - 1) * WRAPPED_SHARE)]
    if not MIN_WRAP_COLUMNS <= margin <= MAX_WRAP_COLUMNS:
        return False
    broken = [pair for group in groups for pair in pairwise(group)]
    full = sum(len(line) + 1 + _first_word_length(text, below) > margin for line, below in broken)
    unfinished = sum(text[line.end - 1] not in _FINISHED for line, _ in broken)
    return (
        len(broken) >= MIN_WRAPPED_LINES
        and full >= WRAPPED_SHARE * len(broken)
        and unfinished * 2 > len(broken)
    )


def _first_word_length(text: str, line: Span) -> int:
    return len(line.slice(text).split(None, 1)[0])
