"""Discord's documented limits that its API description does not hold, and our own promises.

References
----------
https://discord.com/developers/docs/components/reference
https://discord.com/developers/docs/resources/message
https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.discord_server.messages import BUTTON, LINK_STYLE, SELECTS, TEXT_DISPLAY, walk

Payload = dict[str, Any]

MAX_CONTENT = 2000
MAX_COMPONENTS = 40
MAX_LAYOUT_TEXT = 4000
MAX_ROWS = 5
MAX_FILES = 10
MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_CUSTOM_ID = 100
MAX_LABEL = 80
MAX_URL = 512
MAX_OPTIONS = 25
MAX_OPTION = 100
MAX_PLACEHOLDER = 150
MAX_EMBED_TEXT = 6000

ACTION_ROW, SECTION, CONTAINER, SEPARATOR = 1, 9, 17, 14
TOP_LEVEL_OF_LAYOUT = {ACTION_ROW, SECTION, TEXT_DISPLAY, 12, 13, SEPARATOR, CONTAINER}

MENTION = re.compile(r"@everyone|@here|<@[!&]?\d+>")


def find_message_faults(payload: Payload, *, layout: bool, files: int = 0) -> Iterator[str]:
    """Yield a sentence for each limit that a sent or edited message breaks."""
    content, components = payload.get("content") or "", payload.get("components") or []
    if len(content) > MAX_CONTENT:
        yield f"content has {len(content)} characters, {MAX_CONTENT} are allowed"
    if len(payload.get("attachments") or []) > MAX_FILES or files > MAX_FILES:
        yield f"more than {MAX_FILES} attachments"
    if layout and (content or payload.get("embeds")):
        yield "a layout has neither content nor embeds"
    if sum(len(text) for each in payload.get("embeds") or [] for text in texts(each)) > (
        MAX_EMBED_TEXT
    ):
        yield f"embeds hold more than {MAX_EMBED_TEXT} characters"
    yield from find_layout_faults(components) if layout else find_row_faults(components)
    yield from find_component_faults(components)
    yield from find_mention_faults(payload)


def find_layout_faults(components: list[Payload]) -> Iterator[str]:
    """Yield what a Components V2 layout breaks."""
    every = list(walk(components))
    if len(every) > MAX_COMPONENTS:
        yield f"{len(every)} components, {MAX_COMPONENTS} are allowed in total"
    length = sum(len(each["content"]) for each in every if each["type"] == TEXT_DISPLAY)
    if length > MAX_LAYOUT_TEXT:
        yield f"{length} characters of text, {MAX_LAYOUT_TEXT} are allowed in total"
    for each in components:
        if each["type"] not in TOP_LEVEL_OF_LAYOUT:
            yield f"component type {each['type']} may not stand at the top"
    for each in every:
        if each["type"] == SECTION and not 1 <= len(each.get("components") or []) <= 3:
            yield "a section has one to three texts"
        if each["type"] == SECTION and not each.get("accessory"):
            yield "a section needs an accessory"
        if each["type"] == TEXT_DISPLAY and not each["content"].strip():
            yield "a text display is empty"


def find_row_faults(components: list[Payload]) -> Iterator[str]:
    """Yield what the components of a message that is no layout break."""
    if len(components) > MAX_ROWS:
        yield f"{len(components)} action rows, {MAX_ROWS} are allowed"
    if any(each["type"] != ACTION_ROW for each in components):
        yield "only a layout (flag 1 << 15) may hold anything but action rows"


def find_component_faults(components: list[Payload]) -> Iterator[str]:
    """Yield what buttons, selects and their rows break, in messages and modals alike."""
    every = list(walk(components))
    custom_ids = [each["custom_id"] for each in every if each.get("custom_id") is not None]
    for custom_id in custom_ids:
        if not 1 <= len(custom_id) <= MAX_CUSTOM_ID:
            yield f"custom_id has {len(custom_id)} characters, 1 to {MAX_CUSTOM_ID} are allowed"
    if len(set(custom_ids)) != len(custom_ids):
        yield "a custom_id stands twice in one message"
    numbers = [each["id"] for each in every if each.get("id")]
    if len(set(numbers)) != len(numbers):
        yield "a component's id stands twice in one message"
    for each in every:
        if each["type"] == ACTION_ROW:
            yield from find_faults_in_row(each)
        if each["type"] == BUTTON:
            yield from find_button_faults(each)
        if each["type"] in SELECTS:
            yield from find_select_faults(each)


def find_faults_in_row(row: Payload) -> Iterator[str]:
    """Yield what an action row breaks."""
    kinds = [each["type"] for each in row.get("components") or []]
    if not kinds:
        yield "an action row is empty"
    elif set(kinds) == {BUTTON}:
        if len(kinds) > 5:
            yield f"an action row has {len(kinds)} buttons, 5 are allowed"
    elif len(kinds) > 1:
        yield "an action row holds buttons, or one other component"


def find_button_faults(button: Payload) -> Iterator[str]:
    """Yield what a button breaks."""
    if len(button.get("label") or "") > MAX_LABEL:
        yield f"a button's label has more than {MAX_LABEL} characters"
    if not button.get("label") and not button.get("emoji"):
        yield "a button has neither label nor emoji"
    is_link = button.get("style") == LINK_STYLE
    if is_link and (button.get("custom_id") or not button.get("url")):
        yield "a link button has an address and no custom_id"
    if not is_link and (not button.get("custom_id") or button.get("url")):
        yield "a button has a custom_id and no address"
    url = button.get("url") or ""
    if url and not url.startswith(("http://", "https://", "discord://")):
        yield "a button's address is not http, https or discord"
    if len(url) > MAX_URL:
        yield f"a button's address has more than {MAX_URL} characters"


def find_select_faults(select: Payload) -> Iterator[str]:
    """Yield what a select menu breaks."""
    options = select.get("options") or []
    if select["type"] == 3 and not 1 <= len(options) <= MAX_OPTIONS:
        yield f"a select has {len(options)} options, 1 to {MAX_OPTIONS} are allowed"
    for option in options:
        for key in ("label", "value", "description"):
            if len(option.get(key) or "") > MAX_OPTION:
                yield f"an option's {key} has more than {MAX_OPTION} characters"
        if not option.get("label") or not option.get("value"):
            yield "an option needs a label and a value"
    values = [option.get("value") for option in options]
    if len(set(values)) != len(values):
        yield "two options have one value"
    if len(select.get("placeholder") or "") > MAX_PLACEHOLDER:
        yield f"a placeholder has more than {MAX_PLACEHOLDER} characters"
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not 0 <= least <= MAX_OPTIONS or not 1 <= most <= MAX_OPTIONS or least > most:
        yield f"a select takes {least} to {most} values"


def find_mention_faults(payload: Payload) -> Iterator[str]:
    """Yield how a message breaks our promise that nothing pings."""
    allowed = payload.get("allowed_mentions")
    if allowed is None:
        yield "allowed_mentions is missing"
    elif allowed.get("parse") != [] or any(
        allowed.get(key) for key in ("users", "roles", "replied_user")
    ):
        yield f"allowed_mentions allows a ping: {allowed}"


def would_ping(payload: Payload) -> bool:
    """Whether the message would ping somebody, given what it says and allows."""
    allowed = payload.get("allowed_mentions") or {"parse": ["everyone"], "replied_user": True}
    shown = [payload.get("content") or ""]
    shown += [each.get("content") or "" for each in walk(payload.get("components") or [])]
    named = bool(allowed.get("parse") or allowed.get("users") or allowed.get("roles"))
    is_reply = payload.get("message_reference") is not None
    return (named and any(map(MENTION.search, shown))) or (
        is_reply and bool(allowed.get("replied_user"))
    )


def texts(value: object) -> Iterator[str]:
    """Yield every string in an embed but its addresses."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in ("url", "type", "icon_url", "timestamp"):
                yield from texts(each)
