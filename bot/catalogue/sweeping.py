"""What Quoth says below a posted answer that it cannot edit any more."""

from __future__ import annotations

from bot.catalogue.lines import Sentence, Template


class SweepSentence(Sentence):
    """All that a reply to an outdated message says, besides which quotes are gone."""

    OUTDATED = Template(
        "The answer above is out of date, and Discord does not let Quoth edit it any more."
    )
    BUTTONS_HOLD = Template("Its buttons show what still stands.")
