"""The index after a change of articles: built at once, so that the next question need not wait."""

from __future__ import annotations

import logging

from bot.conversation.desk import Desk
from corpus.errors import CorpusError

LOG = logging.getLogger(__name__)


def refresh_index(desk: Desk, collection: str) -> bool:
    """Build the index that answers from now on, and return whether that could be done.

    If not, the change is stored all the same, and whoever asks next builds it.
    """
    try:
        desk.indexes.open(collection)
    except CorpusError as error:
        LOG.warning("index of %s not built: %s", collection, type(error).__name__)
        return False
    return True
