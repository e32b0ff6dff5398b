"""Why an answer is withheld."""

from __future__ import annotations

from retrieval.answer import Reason
from retrieval.features import FEATURES
from retrieval.ranking import Floats

# A question is about something else if no article holds half of its words, or if the quotes found
# hold less than this share of their weight; otherwise it is a fact that the articles do not give.
OFF_TOPIC_UNKNOWN = 0.5
OFF_TOPIC_COVERAGE = 0.35


def reason_for_silence(features: Floats) -> Reason:
    """Return why quotes that were found are withheld.

    Parameters
    ----------
    features : numpy.ndarray
        As `retrieval.features.measure_features` returns them.
    """
    measured = dict(zip(FEATURES, features.tolist(), strict=True))
    is_unknown = measured["unknown_share"] >= OFF_TOPIC_UNKNOWN
    if is_unknown or measured["joint_titled"] < OFF_TOPIC_COVERAGE:
        return Reason.OFF_TOPIC
    return Reason.NOT_THIS_FACT
