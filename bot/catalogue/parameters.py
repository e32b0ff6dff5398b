"""What may stand in a sentence's gaps: values whose form is known, never free text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import ClassVar

from bot.inert import make_one_line
from corpus.directory import check_collection_name
from corpus.fields import LANGUAGE_TAG, MAX_LANGUAGE_CHARS

FIRST_SNOWFLAKE, LAST_SNOWFLAKE = 1, 2**63 - 1


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something; the only parameter that decides between singular and plural."""

    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"a count is 0 or more, not {self.value}")

    def __str__(self) -> str:
        return f"{self.value:,}"


@dataclass(frozen=True, slots=True)
class Number:
    """A rank, a version or an offset: digits only, as another command takes them."""

    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"a number is 0 or more, not {self.value}")

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Identifier:
    """What something is called by, in a form of its own; each kind is a class below."""

    value: str

    form: ClassVar[re.Pattern[str]]
    called: ClassVar[str]

    def __post_init__(self) -> None:
        if self.form.fullmatch(self.value) is None:
            raise ValueError(f"{self.value!r} is not {self.called}")

    def __str__(self) -> str:
        return self.value


class ArticleId(Identifier):
    """The id of an article."""

    __slots__ = ()
    form = re.compile(r"[A-Za-z0-9_.-]{1,128}")
    called = "an article id"


class Key(Identifier):
    """The opaque key of an answer or a report; hexadecimal hashes are keys too."""

    __slots__ = ()
    form = re.compile(r"[A-Za-z0-9_-]{1,64}")
    called = "a key"


class LanguageTag(Identifier):
    """The language of an article, such as ``en-GB``."""

    __slots__ = ()
    form = LANGUAGE_TAG
    called = "a language tag"

    def __post_init__(self) -> None:
        if len(self.value) > MAX_LANGUAGE_CHARS:
            raise ValueError(f"{self.value!r} is not {self.called}")
        super().__post_init__()


class Collection(Identifier):
    """The name of a collection."""

    __slots__ = ()

    def __post_init__(self) -> None:
        check_collection_name(self.value)


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """Words of the question, in its order."""

    value: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(make_one_line(word) for word in self.value)


@dataclass(frozen=True, slots=True)
class Snowflake:
    """A number that names something on Discord."""

    value: int

    def __post_init__(self) -> None:
        if not FIRST_SNOWFLAKE <= self.value <= LAST_SNOWFLAKE:
            raise ValueError(f"{self.value} names nothing on Discord")

    def __str__(self) -> str:
        return str(self.value)


class Member(Snowflake):
    """Somebody on Discord; the chat shows the name, and nobody is pinged."""

    __slots__ = ()


class Channel(Snowflake):
    """A channel; the chat shows its name."""

    __slots__ = ()


class Role(Snowflake):
    """A role; the chat shows its name."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class MessageLink:
    """The address of a message."""

    server: int
    channel: int
    message: int

    def __str__(self) -> str:
        return f"https://discord.com/channels/{self.server}/{self.channel}/{self.message}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, shown in the reader's own zone where the chat can do that.

    Raises
    ------
    ValueError
        If it has no zone.
    """

    value: datetime

    def __post_init__(self) -> None:
        if self.value.tzinfo is None:
            raise ValueError(f"{self.value} needs a time zone")

    def __str__(self) -> str:
        return f"{self.value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""

    value: date

    def __str__(self) -> str:
        return self.value.isoformat()


class Permission(Enum):
    """A permission of Discord, by the name its own settings page gives it."""

    VIEW_CHANNEL = "View Channels"
    SEND_MESSAGES = "Send Messages"
    SEND_IN_THREADS = "Send Messages in Threads"
    READ_HISTORY = "Read Message History"
    MANAGE_MESSAGES = "Manage Messages"
    MANAGE_SERVER = "Manage Server"

    def __str__(self) -> str:
        return str(self.value)


Parameter = (
    Count
    | Number
    | ArticleId
    | Collection
    | QuestionWords
    | Key
    | LanguageTag
    | Member
    | Channel
    | Role
    | MessageLink
    | Moment
    | Day
    | Permission
)
