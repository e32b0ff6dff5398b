"""What a message of ours carries."""

from __future__ import annotations

import discord


def custom_ids(message: discord.Message) -> set[str]:
    """Return the custom ids of all buttons and menus on a message."""
    kind = discord.ui.LayoutView if message.flags.components_v2 else discord.ui.View
    view = kind.from_message(message, timeout=None)
    ids = (getattr(item, "custom_id", None) for item in view.walk_children())
    return {custom_id for custom_id in ids if isinstance(custom_id, str)}
