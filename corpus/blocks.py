"""Which stretches of an article are body, and which are headings, captions, credits or furniture.

Each paragraph is first judged by its own words (`corpus.credits`, `corpus.captions`,
`corpus.furniture`), then by its neighbours (`corpus.neighbours`). What no rule claims is body: a
stray menu entry that could be quoted does less harm than a fact that could never be found. No rule
knows a publication; `corpus.credits` lists picture agencies, which newsrooms everywhere share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.article import Block, BlockKind, Span
from corpus.captions import MAX_CAPTION_CHARS, is_caption
from corpus.credits import find_credit
from corpus.furniture import find_date_stub, is_byline, is_navigation
from corpus.neighbours import (
    Paragraph,
    mark_bylines,
    mark_captions_beside,
    mark_copied_captions,
    mark_headings,
    mark_menu,
    mark_repeated,
    mark_tags,
    mark_title,
)
from corpus.paragraphs import find_paragraphs

RULES = (
    mark_copied_captions,
    mark_menu,
    mark_title,
    mark_bylines,
    mark_captions_beside,
    mark_tags,
    mark_headings,
    mark_repeated,
)

_MARKDOWN_HEADING = re.compile(r"#{1,6} ")
_ODD_SPACES = "\u00a0\u202f\n\r\v\f\x85\u2028\u2029"
# Kinds that are one block even if they end with something that looks like a credit.
_WHOLE_KINDS = (BlockKind.NAVIGATION, BlockKind.BYLINE, BlockKind.HEADING, BlockKind.CREDIT)


def find_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of an article, in order.

    Returns
    -------
    tuple of Block
        Disjoint, without white space at either end, each inside one paragraph; every character
        that is not white space is in exactly one. Empty for a text of white space only.
    """
    paragraphs = _read_paragraphs(text)
    for rule in RULES:
        rule(paragraphs)
    return tuple(block for paragraph in paragraphs for block in _cut(text, paragraph))


def judge_alone(text: str, credit: int | None) -> BlockKind | None:
    """Return the kind that a paragraph's own words give it, None if they do not tell.

    Parameters
    ----------
    text : str
        One paragraph, trimmed, with plain spaces for all white space.
    credit : int or None
        Where its picture credit begins, as `find_credit` says.
    """
    if is_navigation(text):
        return BlockKind.NAVIGATION
    if is_byline(text):
        return BlockKind.BYLINE
    if credit == 0:
        return BlockKind.CREDIT
    if _MARKDOWN_HEADING.match(text):
        return BlockKind.HEADING
    if (credit and len(text) <= MAX_CAPTION_CHARS) or is_caption(text):
        return BlockKind.CAPTION
    return None


def _read_paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of an article, each judged by its own words."""
    plain_text = text
    for space in _ODD_SPACES:
        plain_text = plain_text.replace(space, " ")
    paragraphs: list[Paragraph] = []
    end = 0
    for span in find_paragraphs(text):
        plain = span.slice(plain_text)
        stub = 0 if paragraphs else find_date_stub(plain)
        credit = find_credit(plain)
        paragraphs.append(
            Paragraph(
                text=plain,
                span=span,
                stub=stub,
                credit=credit,
                after_blank=len((text[end : span.start] + "x").splitlines()) > 2,
                kind=judge_alone(plain, credit),
            )
        )
        end = span.end
    return paragraphs


def _cut(text: str, paragraph: Paragraph) -> Iterator[Block]:
    """Yield a paragraph's blocks: a date stub, the paragraph itself, its picture credit."""
    kind = paragraph.kind or BlockKind.BODY
    start, end = paragraph.span.start, paragraph.span.end
    if paragraph.stub:
        yield Block(_trim(text, start, start + paragraph.stub), BlockKind.NAVIGATION)
        start += paragraph.stub
    if not paragraph.credit or kind in _WHOLE_KINDS:
        yield Block(Span(start, end), kind)
        return
    credit = paragraph.span.start + paragraph.credit
    yield Block(_trim(text, start, credit), kind)
    yield Block(Span(credit, end), BlockKind.CREDIT)


def _trim(text: str, start: int, end: int) -> Span:
    """Return a stretch that begins with a character other than white space, trimmed."""
    return Span(start, start + len(text[start:end].rstrip()))
