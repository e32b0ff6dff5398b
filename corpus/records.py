"""What the store hands out besides articles: entries of a list, versions, events, outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.article import Source


class State(StrEnum):
    """Whether an article may be quoted."""

    ACTIVE = "active"
    WITHDRAWN = "withdrawn"
    PURGED = "purged"


class Action(StrEnum):
    """What happened to an article."""

    ADDED = "added"
    NEW_VERSION = "new_version"
    SOURCE_CORRECTED = "source_corrected"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    PURGED = "purged"


class Added(StrEnum):
    """What adding a text came to; the values are those of `Action`, where something was done."""

    NEW = "added"
    NEW_VERSION = "new_version"
    SOURCE_CORRECTED = "source_corrected"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """The current version of an active article: what an index is built from."""

    article_id: str
    version: int
    text: str
    sha256: str
    source: Source


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """Where an article stands now: what a citation of it is checked against.

    Parameters
    ----------
    article_id : str
    state : State
    version : int
        The current one, from 1.
    sha256 : str
        Of the current version's text.
    text : str or None
        None if the article is not active, or its text does not match its SHA-256.
    added_at : str
        When the current version came: ISO 8601, UTC.
    source : Source or None
        The current record; None if it is damaged.
    source_revision : int
        From 1.
    recorded_at : str
        When that record came: ISO 8601, UTC.
    """

    article_id: str
    state: State
    version: int
    sha256: str
    text: str | None
    added_at: str
    source: Source | None
    source_revision: int
    recorded_at: str


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article without its text.

    Parameters
    ----------
    article_id : str
    version : int
        The current one, from 1.
    state : State
    source : Source
        The current record; nothing is known in that of a purged article.
    chars : int
        Code points of the current version's text.
    sha256 : str
        Of the current version's text.
    """

    article_id: str
    version: int
    state: State
    source: Source
    chars: int
    sha256: str


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """One version of an article without its text; ``added_at`` is ISO 8601, UTC."""

    version: int
    sha256: str
    chars: int
    added_at: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to an article.

    Parameters
    ----------
    at : str
        When: ISO 8601, UTC, to the second.
    action : Action
    version : int or None
        The version it made current, for the actions that make one.
    by : str
        Who did it.
    reason : str
        Why, as they said it; empty where none is asked for.
    """

    at: str
    action: Action
    version: int | None
    by: str
    reason: str
