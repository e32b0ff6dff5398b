"""Screen -> a picture of it in a terminal, as the chat shows it: for the demo and for the docs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich import box
from rich.columns import Columns
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.panel import Panel as Frame
from rich.rule import Rule as Across
from rich.text import Text

from bot.catalogue.answers import AnswerSentence
from bot.catalogue.lines import Line
from bot.catalogue.parameters import Channel, Member, Parameter, Role
from bot.inert import make_showable, split_lines
from bot.rendering.links import read_address
from bot.rendering.markdown import can_show, plain_text
from bot.rendering.message import ExcerptText
from bot.rendering.rows import FURTHER, is_words
from bot.rendering.screen import (
    Block,
    Button,
    Buttons,
    Form,
    Leaf,
    LinkButton,
    LinkedTitle,
    Look,
    Panel,
    Pick,
    Row,
    Rule,
    Screen,
    Style,
)

STYLES = {
    Style.TITLE: "bold underline",
    Style.STRONG: "bold",
    Style.PLAIN: "",
    Style.QUIET: "dim",
    Style.WORDS: "",
    Style.ITEM: "",
}
BUTTON_STYLES = {Look.QUIET: "", Look.MAIN: "blue", Look.GOOD: "green", Look.DANGER: "red"}
BAR = "▎ "
APP = " APP "
ONLY_YOU = "Only you can see this"  # Discord's own words below such a message

Names = Mapping[int, str]


def draw_screen(
    screen: Screen, console: Console, *, author: str, private: bool, names: Names | None = None
) -> None:
    """Print a screen as a message of the chat.

    Parameters
    ----------
    author : str
        Whose message it is.
    private : bool
        Whether one member alone sees it.
    names : mapping of int to str
        Of members, channels and roles; one that is not there is shown by its number.
    """
    header = Text.assemble((make_showable(author), "bold"), " ", (APP, "reverse"))
    body = [*_draw(screen.blocks, names or {})]
    if private:
        body.append(Text(ONLY_YOU, style="dim italic"))
    console.print(Group(header, *body), highlight=False)


@dataclass(frozen=True, slots=True)
class _Barred:
    """Words behind a bar, which goes on where a line is wrapped."""

    text: Text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(10, options.max_width - len(BAR))
        for line in self.text.split("\n", allow_blank=True):
            for wrapped in line.wrap(console, width, overflow="fold") or [Text()]:
                yield Text.assemble((BAR, "bright_black"), wrapped)


def _draw(blocks: Iterable[Block], names: Names) -> Iterator[RenderableType]:
    for block in blocks:
        if isinstance(block, Row):
            yield _draw_row(block, names)
        elif isinstance(block, Panel):
            yield Frame(Group(*_draw(block.blocks, names)), box=box.ROUNDED, border_style="dim")
        elif isinstance(block, Buttons):
            yield Columns([_draw_button(button) for button in block.buttons], padding=(0, 1))
        elif isinstance(block, Pick):
            yield _draw_pick(block)
        elif isinstance(block, Rule):
            yield Across(style="dim")


def _draw_row(row: Row, names: Names) -> RenderableType:
    pieces = [_draw_leaf(piece, names, most=row.most) for piece in row.pieces]
    text = Text(str(row.glue)).join(pieces)
    text.style = STYLES[row.style]
    if is_words(row):
        return _Barred(text)
    lines = text.split("\n", allow_blank=True)
    first = "• " if row.style is Style.ITEM else ""
    return Group(
        *(Text.assemble((FURTHER if number else first), line) for number, line in enumerate(lines))
    )


def _draw_leaf(leaf: Leaf, names: Names, *, most: int | None) -> Text:
    if isinstance(leaf, Line):
        return Text("").join(
            Text(part) if isinstance(part, str) else _draw_parameter(part, names)
            for part in leaf.parts()
        )
    if isinstance(leaf, ExcerptText) and not can_show(leaf):
        return Text(Line(AnswerSentence.UNSHOWABLE).text)
    shown = "\n".join(split_lines(plain_text(leaf, most=most)))
    if isinstance(leaf, LinkedTitle):
        address = read_address(leaf.url.text)
        site = plain_text(leaf.url) if address is None else address.site
        return Text.assemble((shown, "blue underline"), f" ({site})")
    return Text(shown)


def _draw_parameter(parameter: Parameter, names: Names) -> Text:
    if isinstance(parameter, Member | Channel | Role):
        sign = "#" if isinstance(parameter, Channel) else "@"
        name = make_showable(names.get(parameter.value, str(parameter)))
        return Text(sign + name, style="bright_blue")
    return Text(str(parameter))


def _draw_button(button: Button | LinkButton) -> RenderableType:
    if isinstance(button, LinkButton):
        return Frame.fit(Text(f"{button.label.text} ↗"), box=box.ROUNDED)
    style = "dim" if button.disabled else BUTTON_STYLES[button.look]
    return Frame.fit(Text(button.label.text), box=box.ROUNDED, style=style)


def _draw_pick(pick: Pick) -> RenderableType:
    chosen = [plain_text(choice.label) for choice in pick.choices if choice.chosen]
    shown = ", ".join(chosen) or plain_text(pick.placeholder)
    return Frame.fit(Text(f"{shown}  ▾"), box=box.ROUNDED)


def draw_form(form: Form, console: Console, filled: Mapping[str, str]) -> None:
    """Print a form as it stands when it is sent.

    Parameters
    ----------
    filled : mapping of str to str
        What stands in its fields, by label.
    """
    rows: list[RenderableType] = [Text(form.title.text, style="bold")]
    for asked in form.fields:
        rows.append(Text(asked.label.text))
        typed = "\n".join(split_lines(make_showable(filled.get(asked.label.text, ""))))
        rows.append(_Barred(Text(typed)))
    console.print(Frame(Group(*rows), box=box.DOUBLE, border_style="dim"), highlight=False)
