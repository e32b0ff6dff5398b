"""Pages of a list that is read from the ledger a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from bot.actions import MAX_PAGE, Target
from bot.rendering.fitting import page_rows
from bot.rendering.screen import Block


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list.

    Parameters
    ----------
    number, pages : int
        Which one, from 1, of how many.
    skip, size : int
        Where it begins, and how many entries it holds at most.
    """

    number: int
    pages: int
    skip: int
    size: int


def find_page(wanted: int, total: int, size: int) -> Page:
    """Return a page of a list of so many entries; one that is not there gives the nearest."""
    pages = min(max(1, ceil(total / size)), MAX_PAGE)
    number = min(max(wanted, 1), pages)
    return Page(number, pages, (number - 1) * size, size)


def turning_rows(page: Page, target: Target) -> tuple[Block, ...]:
    """Return which page this is and the buttons to those beside it; nothing if it is the only one.

    Parameters
    ----------
    target : Target
        Its action and key, with a page's number, are what the buttons ask for.
    """
    return page_rows(page.number, page.pages, target)
