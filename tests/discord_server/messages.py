"""Messages as they stand now, and how a test reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.discord_server.guilds import Channel
    from tests.discord_server.interactions import Interaction
    from tests.discord_server.people import Member

SUPPRESS_EMBEDS = 1 << 2
EPHEMERAL = 1 << 6
LOADING = 1 << 7
V2 = 1 << 15

BUTTON = 2
SELECTS = (3, 5, 6, 7, 8)
TEXT_DISPLAY = 10
LINK_STYLE = 5

Component = dict[str, Any]
Pick = str | Callable[[Component], bool]


@dataclass(eq=False)
class Attachment:
    """A file on a message or given to a command."""

    id: int
    filename: str
    data: bytes
    url: str
    content_type: str | None = None
    description: str | None = None


@dataclass(eq=False)
class Message:
    """One message; it changes in place when it is edited or deleted."""

    id: int
    channel: Channel
    author: Member
    content: str = ""
    components: list[Component] = field(default_factory=list)
    embeds: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | None = None
    reply_to: Message | None = None
    mentions: list[Member] = field(default_factory=list)
    interaction: Interaction | None = None
    edits: int = 0
    deleted: bool = False
    history: list[str] = field(default_factory=list)

    @property
    def ephemeral(self) -> bool:
        """Whether only the member who asked can see it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says that the bot is thinking."""
        return bool(self.flags & LOADING)

    @property
    def layout(self) -> bool:
        """Whether it is a Components V2 layout."""
        return bool(self.flags & V2)

    @property
    def edited(self) -> bool:
        """Whether its text was changed after it could first be read."""
        return self.edits > 0

    @property
    def previews(self) -> bool:
        """Whether Discord would show previews of the links in it."""
        return "http" in self.content and not self.flags & SUPPRESS_EMBEDS

    @property
    def text(self) -> str:
        """All that can be read in it, in order: content, then every text display."""
        shown = [self.content] if self.content else []
        shown += [each["content"] for each in self.walk() if each["type"] == TEXT_DISPLAY]
        return "\n".join(shown)

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, in order, links included."""
        return [each.get("label") or "" for each in self.walk() if each["type"] == BUTTON]

    @property
    def links(self) -> dict[str, str]:
        """The label and address of each button that is a link."""
        found = (each for each in self.walk() if each.get("style") == LINK_STYLE and "url" in each)
        return {each.get("label") or "": each["url"] for each in found}

    @property
    def custom_ids(self) -> list[str]:
        """The custom ids in it, in order."""
        return [each["custom_id"] for each in self.walk() if each.get("custom_id")]

    @property
    def files(self) -> dict[str, bytes]:
        """The files on it by name."""
        return {each.filename: each.data for each in self.attachments}

    def walk(self) -> Iterator[Component]:
        """Yield every component, a parent before its children."""
        yield from walk(self.components)

    def find(self, pick: Pick) -> Component | None:
        """Return the button or select with that custom id, label or placeholder, or none."""
        usable = [each for each in self.walk() if each.get("custom_id")]
        if callable(pick):
            return next((each for each in usable if pick(each)), None)
        for key in ("custom_id", "label", "placeholder"):
            for each in usable:
                if each.get(key) == pick:
                    return each
        return None

    def visible_to(self, member: Member) -> bool:
        """Whether that member can read it now."""
        if self.deleted:
            return False
        return not self.ephemeral or (
            self.interaction is not None and self.interaction.member is member
        )

    def __repr__(self) -> str:
        marks = [name for name in ("ephemeral", "loading", "deleted") if getattr(self, name)]
        return f"<Message {self.id} {' '.join(marks)} {self.text[:200]!r} {self.buttons}>"


def walk(components: list[Component]) -> Iterator[Component]:
    """Yield every component of a tree, a parent before its children."""
    for each in components:
        yield each
        yield from walk(each.get("components") or [])
        for key in ("accessory", "component"):
            if each.get(key):
                yield from walk([each[key]])
