"""A screen: what the chat shows at once, before it is laid out for Discord or a terminal.

The closed grammar holds here as in `bot.rendering.message`: the leaves are the same pieces. What
a person typed for the moderators (`TypedText`) may stand on a moderators' screen only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum

from bot.actions import Target
from bot.catalogue.lines import Line
from bot.catalogue.parameters import MessageLink
from bot.rendering.message import ExcerptText, FieldText, QuestionText


class Audience(Enum):
    """Whose eyes a screen is for."""

    EVERYONE = "everyone"
    MODERATORS = "moderators"


@dataclass(frozen=True, slots=True)
class TypedText:
    """A note or a question as somebody typed it, for moderators."""

    text: str


@dataclass(frozen=True, slots=True)
class LinkedTitle:
    """A source's title that leads to its page, with the site's domain beside it.

    Parameters
    ----------
    title : FieldText or Line
        Or that none is given.
    url : FieldText
        The recorded address; what is not a plain web address is shown without a link.
    words : ExcerptText or None
        The words at which the publisher's page should open.
    """

    title: FieldText | Line
    url: FieldText
    words: ExcerptText | None = None


Leaf = ExcerptText | FieldText | QuestionText | Line | LinkedTitle | TypedText


class Style(StrEnum):
    """How a row looks."""

    TITLE = "title"
    STRONG = "strong"
    PLAIN = "plain"
    QUIET = "quiet"
    WORDS = "words"  # an excerpt: behind a bar, and nothing else is
    ITEM = "item"


class Glue(StrEnum):
    """What stands between two pieces of a row."""

    SPACE = " "
    DOT = " · "


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces side by side.

    Parameters
    ----------
    most : int or None
        Show at most so many characters of a question or a note, and an ellipsis; an excerpt is
        never shortened.
    """

    pieces: tuple[Leaf, ...]
    style: Style = Style.PLAIN
    glue: Glue = Glue.SPACE
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the screen."""


class Look(Enum):
    """How a button looks."""

    QUIET = "quiet"
    MAIN = "main"
    GOOD = "good"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press."""

    target: Target
    label: Line
    look: Look = Look.QUIET
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that leads to a message."""

    link: MessageLink
    label: Line


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a `Pick`; ``value`` is an opaque word that comes back when it is chosen."""

    value: str
    label: Leaf
    about: Leaf | None = None
    chosen: bool = False


class PickKind(Enum):
    """What is chosen from."""

    CHOICES = "choices"
    CHANNELS = "channels"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Pick:
    """A menu of choices, at most 25, or of the server's own channels or roles.

    Parameters
    ----------
    chosen : tuple of int
        Channels or roles that are chosen already.
    least, most : int
        How many may be chosen.
    """

    target: Target
    placeholder: Line
    kind: PickKind = PickKind.CHOICES
    choices: tuple[Choice, ...] = ()
    chosen: tuple[int, ...] = ()
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Buttons:
    """Up to five buttons in a row."""

    buttons: tuple[Button | LinkButton, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Blocks that belong together, such as a quote with its source."""

    blocks: tuple[Row | Rule | Buttons | Pick, ...]


Block = Row | Rule | Buttons | Pick | Panel


@dataclass(frozen=True, slots=True)
class Screen:
    """All that one message shows, from top to bottom.

    Raises
    ------
    ValueError
        If it shows typed text to everyone.
    """

    blocks: tuple[Block, ...]
    audience: Audience = Audience.EVERYONE

    def __post_init__(self) -> None:
        if self.audience is Audience.EVERYONE and any(
            isinstance(leaf, TypedText) for leaf in self.leaves()
        ):
            raise ValueError("what a person typed is shown to moderators only")

    def leaves(self) -> Iterator[Leaf | Line]:
        """Yield every piece that is shown, labels included."""
        for block in self.blocks:
            for inner in block.blocks if isinstance(block, Panel) else (block,):
                yield from _leaves(inner)


def _leaves(block: Row | Rule | Buttons | Pick) -> Iterator[Leaf]:
    if isinstance(block, Row):
        yield from block.pieces
    elif isinstance(block, Buttons):
        yield from (button.label for button in block.buttons)
    elif isinstance(block, Pick):
        yield block.placeholder
        for choice in block.choices:
            yield choice.label
            if choice.about is not None:
                yield choice.about


class FieldKind(Enum):
    """How a form's field is filled in."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    CHOICES = "choices"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form.

    Parameters
    ----------
    name : str
        The key of its value when the form comes back.
    label : Line
        At most 45 characters.
    about : Line or None
        A line below the label, at most 100 characters.
    value : str
        What stands in it at first; digits or empty, never a member's words.
    most : int
        Characters at most, for text.
    """

    name: str
    label: Line
    kind: FieldKind
    about: Line | None = None
    required: bool = False
    value: str = ""
    most: int = 500
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A dialogue with one to five fields; what comes back names its target."""

    target: Target
    title: Line
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of our own making that goes with a screen."""

    name: str
    content: bytes
