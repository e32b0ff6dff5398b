"""Which articles are samples of our own: the briefs that let Quoth answer on the first run."""

from __future__ import annotations

from pathlib import Path

STARTER_COLLECTION = "starter"
STARTER_FOLDER = Path(__file__).parent / "starter"
SAMPLE_PUBLISHER = "Quoth sample articles"
_BRIEF_PREFIX = "brief-"


def is_sample(publisher: str | None, file: str | None) -> bool:
    """Return whether a source record is that of a sample brief, not of Quoth's own handbook."""
    return publisher == SAMPLE_PUBLISHER and (file or "").startswith(_BRIEF_PREFIX)
