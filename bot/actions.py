"""What a button, a menu or a form asks for: an action and the opaque key it is about.

What comes back from Discord is untrusted: it names an action of the list and a key to look up, and
everything else (who, where, may they, does it still stand) is checked when it arrives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

PREFIX = (
    "quoth1"  # a later, different form gets another number, and both are understood for a while
)
MAX_PAGE = 10_000
PATTERN = re.compile(
    PREFIX + r":(?P<action>[a-z_]{1,24}):(?P<key>[A-Za-z0-9_-]{0,64}):(?P<page>[0-9]{1,5})"
)


class Action(StrEnum):
    """Everything that can be pressed, chosen or submitted; the key's kind stands beside it."""

    # On an answer (answer key)
    CONTEXT = "context"
    VERIFY = "verify"
    REPORT = "report"  # opens the form, and is the form's own action
    MORE = "more"
    WHY = "why"
    POST = "post"
    NAME = "name"
    DELETE = "delete"
    DELETE_NOW = "delete_now"
    ASK_MODERATOR = "ask_moderator"
    ASK_MODERATOR_NOW = "ask_moderator_now"

    # Taking back (answer key)
    RETRACT = "retract"  # opens the form, and is the form's own action
    RETRACT_NOW = "retract_now"

    # The review queue (report key)
    QUEUE = "queue"
    SEE = "see"
    CLAIM = "claim"
    RELEASE = "release"
    GOOD = "good"
    WRONG_PASSAGE = "wrong_passage"
    MISLEADING_CUT = "misleading_cut"
    WIDEN = "widen"  # the quote that was previewed
    SOURCE_PROBLEM = "source_problem"
    DISMISS = "dismiss"
    UNDO = "undo"

    # Pages (no key, or that of an article)
    AUDIT = "audit"
    AUDIT_FILE = "audit_file"
    SOURCES = "sources"
    SOURCE = "source"
    HELP = "help"

    # Privacy (no key)
    PRIVACY_DELETE = "privacy_delete"
    PRIVACY_DELETE_NOW = "privacy_delete_now"

    # The corpus (article id's key) and settings (no key)
    CORPUS = "corpus"
    WITHDRAW_NOW = "withdraw_now"
    RESTORE_NOW = "restore_now"
    SETTINGS = "settings"
    SET_CHANNELS = "set_channels"
    SET_MODERATORS_CHANNEL = "set_moderators_channel"
    SET_MODERATOR_ROLES = "set_moderator_roles"
    SET_PUBLIC = "set_public"
    SET_LIMITS = "set_limits"
    CHECK_PERMISSIONS = "check_permissions"

    # Closes a private screen (no key)
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Target:
    """An action, the key it is about and a page of it.

    Raises
    ------
    ValueError
        If key or page could not stand in a custom id.
    """

    action: Action
    key: str = ""
    page: int = 0

    def __post_init__(self) -> None:
        if PATTERN.fullmatch(self.custom_id) is None or self.page > MAX_PAGE:
            raise ValueError(f"{self.custom_id!r} cannot stand on a button")

    @property
    def custom_id(self) -> str:
        """Return the form in which Discord keeps it; at most 100 characters."""
        return f"{PREFIX}:{self.action}:{self.key}:{self.page}"


def read_custom_id(custom_id: str) -> Target | None:
    """Return what a custom id asks for; None if no button of ours could hold it."""
    match = PATTERN.fullmatch(custom_id)
    if match is None or match["action"] not in set(Action):
        return None
    page = int(match["page"])
    return Target(Action(match["action"]), match["key"], page) if page <= MAX_PAGE else None
