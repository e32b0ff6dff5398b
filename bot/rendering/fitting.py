"""What fits on a screen: Discord's limits, counted as strictly as they can be read.

A screen beyond them is never sent; lists go on pages, whose blocks are whole.

References
----------
https://discord.com/developers/docs/components/reference
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.actions import Target
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Number
from bot.catalogue.screens import ScreenSentence
from bot.rendering.markdown import plain_text
from bot.rendering.rows import Frame, Laid, lay_out
from bot.rendering.screen import (
    Audience,
    Block,
    Button,
    Buttons,
    LinkButton,
    Panel,
    Pick,
    PickKind,
    Row,
    Screen,
    Style,
)

MAX_COMPONENTS = 40
MAX_CHARS = 4000
MAX_BUTTONS = 5
MAX_LABEL_CHARS = 80
MAX_CHOICES = 25
MAX_CHOICE_CHARS = 100
MAX_PLACEHOLDER_CHARS = 150

Size = tuple[int, int]  # components, and characters of text displays


def count_chars(text: str) -> int:
    """Return a text's length in UTF-16 code units: never fewer than Discord could count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def measure(screen: Screen) -> Size:
    """Return how many components a screen has, nested ones too, and how many characters."""
    return _measure(lay_out(screen.blocks))


def add_panel(used: Size, panel: Panel) -> Size | None:
    """Return how much of a screen is used with one more panel, None if it has no room for it."""
    more = _measure(lay_out((panel,)))
    components, chars = used[0] + more[0], used[1] + more[1]
    return (components, chars) if components <= MAX_COMPONENTS and chars <= MAX_CHARS else None


def fits(screen: Screen) -> bool:
    """Return whether Discord would take a screen."""
    return next(find_faults(screen), None) is None


def check_screen(screen: Screen) -> tuple[Laid, ...]:
    """Return a screen laid out; refuse one that Discord would not take.

    Raises
    ------
    ValueError
        If it is empty, or beyond a limit; the message names counts, never what is shown.
    """
    parts = lay_out(screen.blocks)
    for fault in _find_faults(parts):
        raise ValueError(f"this screen cannot be sent: {fault}")
    return parts


def find_faults(screen: Screen) -> Iterator[str]:
    """Yield a phrase for each limit that a screen breaks."""
    return _find_faults(lay_out(screen.blocks))


def _find_faults(parts: tuple[Laid, ...]) -> Iterator[str]:
    components, chars = _measure(parts)
    if not components:
        yield "it shows nothing"
    if components > MAX_COMPONENTS:
        yield f"{components} components, {MAX_COMPONENTS} are allowed"
    if chars > MAX_CHARS:
        yield f"{chars} characters, {MAX_CHARS} are allowed"
    inner = list(_inner(parts))
    ids = [target.custom_id for part in inner for target in _targets(part)]
    if len(set(ids)) != len(ids):
        yield "two of its buttons ask for the same"
    for part in inner:
        yield from _part_faults(part)


def split_pages(
    blocks: Sequence[Block],
    *,
    head: Sequence[Block] = (),
    foot: Sequence[Block] = (),
    most: int = MAX_COMPONENTS,
) -> list[tuple[Block, ...]]:
    """Return the pages of a list: as many whole blocks as fit between head and foot.

    Parameters
    ----------
    blocks : sequence of Block
        Each stands whole on exactly one page, in order.
    most : int
        Blocks on a page at most.

    Returns
    -------
    list of tuple of Block
        Without head and foot; one empty page for no blocks.

    Raises
    ------
    ValueError
        If a single block does not fit.
    """
    pages: list[list[Block]] = [[]]
    for block in blocks:
        page = [*pages[-1], block]
        if len(page) <= most and fits(Screen((*head, *page, *foot), Audience.MODERATORS)):
            pages[-1] = page
            continue
        check_screen(Screen((*head, block, *foot), Audience.MODERATORS))
        pages.append([block])
    return [tuple(page) for page in pages if page] or [()]


def page_screen(
    blocks: Sequence[Block],
    *,
    page: int,
    target: Target,
    head: Sequence[Block] = (),
    foot: Sequence[Block] = (),
    most: int = MAX_COMPONENTS,
    audience: Audience = Audience.EVERYONE,
) -> Screen:
    """Return one page of a list, with buttons to the pages beside it if there are several.

    Parameters
    ----------
    page : int
        From 1; one that is not there gives the nearest.
    target : Target
        Its action and key, with the page's number, are what the buttons ask for.
    """
    widest = (*page_rows(2, 3, target), *foot)
    pages = split_pages(blocks, head=head, foot=widest, most=most)
    page = min(max(page, 1), len(pages))
    turning = page_rows(page, len(pages), target)
    return Screen((*head, *pages[page - 1], *turning, *foot), audience)


def page_rows(page: int, pages: int, target: Target) -> tuple[Block, ...]:
    """Return which page this is and the buttons to those beside it; nothing if it is the only one.

    Parameters
    ----------
    target : Target
        Its action and key, with a page's number, are what the buttons ask for.
    """
    if pages < 2:
        return ()
    said = Line(ScreenSentence.PAGE, (Number(page), Number(pages)))
    steps = [(page - 1, ScreenSentence.PREVIOUS), (page + 1, ScreenSentence.NEXT)]
    buttons = tuple(
        Button(Target(target.action, target.key, to), Line(label))
        for to, label in steps
        if 1 <= to <= pages
    )
    return Row((said,), Style.QUIET), Buttons(buttons)


def _measure(parts: Iterable[Laid]) -> Size:
    components = chars = 0
    for part in parts:
        components += 1
        if isinstance(part, str):
            chars += count_chars(part)
        elif isinstance(part, Frame):
            nested = _measure(part.parts)
            components, chars = components + nested[0], chars + nested[1]
        elif isinstance(part, Buttons):
            components += len(part.buttons)
        elif isinstance(part, Pick):
            components += 1  # in a row of its own
    return components, chars


def _inner(parts: Iterable[Laid]) -> Iterator[Laid]:
    for part in parts:
        yield part
        if isinstance(part, Frame):
            yield from part.parts


def _targets(part: Laid) -> Iterator[Target]:
    if isinstance(part, Pick):
        yield part.target
    elif isinstance(part, Buttons):
        yield from (button.target for button in part.buttons if isinstance(button, Button))


def _part_faults(part: Laid) -> Iterator[str]:
    if isinstance(part, Frame) and not part.parts:
        yield "a panel is empty"
    elif isinstance(part, Buttons):
        yield from _buttons_faults(part.buttons)
    elif isinstance(part, Pick):
        yield from _pick_faults(part)


def _buttons_faults(buttons: Sequence[Button | LinkButton]) -> Iterator[str]:
    if not 1 <= len(buttons) <= MAX_BUTTONS:
        yield f"{len(buttons)} buttons in a row, 1 to {MAX_BUTTONS} are allowed"
    for button in buttons:
        if count_chars(button.label.text) > MAX_LABEL_CHARS:
            yield f"a button's label has more than {MAX_LABEL_CHARS} characters"


def _pick_faults(pick: Pick) -> Iterator[str]:
    if count_chars(plain_text(pick.placeholder)) > MAX_PLACEHOLDER_CHARS:
        yield f"a menu's placeholder has more than {MAX_PLACEHOLDER_CHARS} characters"
    if not (0 <= pick.least <= pick.most and 1 <= pick.most <= MAX_CHOICES):
        yield f"a menu takes {pick.least} to {pick.most} choices"
    if len(pick.chosen) > pick.most or sum(choice.chosen for choice in pick.choices) > pick.most:
        yield "more is chosen in a menu than may be"
    if pick.kind is PickKind.CHOICES:
        values = [choice.value for choice in pick.choices]
        if not max(1, pick.most) <= len(values) <= MAX_CHOICES:
            yield f"{len(values)} choices in a menu of {pick.most} to choose"
        if len(set(values)) != len(values):
            yield "two choices of a menu come back as the same"
        if any(not 1 <= len(value) <= MAX_CHOICE_CHARS for value in values):
            yield f"a choice comes back as 1 to {MAX_CHOICE_CHARS} characters"
