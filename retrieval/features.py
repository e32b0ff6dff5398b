"""What tells an answer from a near miss: numbers about a question and what would be quoted for it.

Each feature is a share or a small number, so that one model serves corpora of any size. None looks
at particular words. A word that no article holds counts like one that the quotes lack.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from retrieval.evidence import gathering
from retrieval.evidence.answers import KINDS
from retrieval.evidence.gathering import Evidence
from retrieval.indexing.index import Index
from retrieval.indexing.layout import Array
from retrieval.query import Query
from retrieval.quoting import Window
from retrieval.ranking import Floats, Scores

# The passages in which agreement on one article is looked for.
PASSAGES_COMPARED = 5
_LEAST = 1e-4
_DENSITY, _BM25 = (gathering.FEATURES.index(name) for name in ("density", "bm25_titled"))

FEATURES = (
    # The best quote ("titled": with its article's title and its heading)
    "best",  # its probability
    "best_log_odds",
    "lead",  # its log-odds less those of the second, at most 5
    "coverage",  # share of the question's term weight that it holds
    "titled",
    "passage",  # ... and its passage does, titled
    "missing_share",  # share of the distinct terms that it lacks, titled
    "n_missing",
    "rarest_missing",  # idf of the rarest of them, relative to a term of one passage
    "names_missing",  # share of the question's names
    "n_names_missing",
    "others_held",  # share of the weight of terms that are no names
    "numbers_missing",  # how many numbers of the question
    "density",  # the greatest of its sentences
    *(f"holds_{kind.value}" for kind in KINDS),  # the kind of answer, which is asked for, is in it
    "counts_asked",  # a number stands before the thing whose number is asked for
    "count_missing",  # ... is asked for and does not
    # All quotes
    "second",
    "third",
    "joint",  # share of the term weight that they hold together, without titles
    "joint_titled",
    *(f"no_{kind.value}" for kind in KINDS),  # ... is asked for and in none of them
    # The search
    "unknown_share",  # share of the terms that no article holds, nor anything that counts as them
    "repaired_share",  # ... that stand in for others
    "cosine",  # of the best passage
    "margin",  # how far it leads the second, relative to it
    "article_margin",
    "bm25",  # of the best quote's passage, titled
    "agreement",  # share of the best passages that are of the best quote's article
    # The question
    "n_names",
    "n_terms",  # logarithm
)


def measure_features(
    index: Index, query: Query, scores: Scores, evidence: Evidence, windows: Sequence[Window]
) -> Floats:
    """Return the features of a question and what would be quoted for it, in order of `FEATURES`.

    Parameters
    ----------
    windows : sequence of Window
        At least one, best first.
    """
    best = windows[0]
    likely = [window.probability for window in windows] + [0.0, 0.0]
    log_odds = [_log_odds(one) for one in likely]
    has_kind = [_any(evidence.holds_kind, one) for one in windows]
    columns = {
        "best": likely[0],
        "best_log_odds": log_odds[0],
        "lead": min(log_odds[0] - log_odds[1], 5.0),
        "second": likely[1],
        "third": likely[2],
        "counts_asked": float(_any(evidence.counts_asked, best)),
        "count_missing": float(evidence.asks_count and not _any(evidence.counts_asked, best)),
        "density": float(evidence.features[best.first : best.last + 1, _DENSITY].max()),
    }
    for kind in KINDS:
        is_asked = kind is evidence.expected
        columns[f"holds_{kind.value}"] = float(is_asked and has_kind[0])
        columns[f"no_{kind.value}"] = float(is_asked and not any(has_kind))
    columns |= _measure_held(index, query, evidence, windows)
    columns |= _measure_search(index, query, scores, evidence, best)
    return np.array([columns[name] for name in FEATURES])


def _measure_held(
    index: Index, query: Query, evidence: Evidence, windows: Sequence[Window]
) -> dict[str, float]:
    """Return what the quotes hold and lack of the question's terms."""
    held = [evidence.held[one.first : one.last + 1].max(axis=0) for one in windows]
    beside = [evidence.beside[evidence.passage_of[one.first]] for one in windows]
    titled = np.maximum(held[0], beside[0])
    within = evidence.held[evidence.passage_of == evidence.passage_of[windows[0].first]].max(axis=0)
    weights = evidence.weights
    lacking = [one for one, share in zip(query.terms, titled.tolist(), strict=True) if share == 0]
    is_name = np.array([one.is_name for one in query.terms])
    n_names, n_names_missing = int(is_name.sum()), sum(one.is_name for one in lacking)
    rarest = math.log((1 + index.n_passages) / 2) + 1
    others = weights * ~is_name
    joint = np.maximum.reduce(held)
    return {
        "coverage": float(weights @ held[0]),
        "titled": float(weights @ titled),
        "passage": float(weights @ np.maximum(within, beside[0])),
        "missing_share": len(lacking) / len(query.terms),
        "n_missing": float(len(lacking)),
        "rarest_missing": min(1.0, max((one.idf for one in lacking), default=0.0) / rarest),
        "names_missing": n_names_missing / max(n_names, 1),
        "n_names_missing": float(n_names_missing),
        "others_held": float(others @ held[0] / others.sum()) if others.any() else 1.0,
        "numbers_missing": float(sum(one.term[:1].isdigit() for one in lacking)),
        "joint": float(weights @ joint),
        "joint_titled": float(weights @ np.maximum(joint, np.maximum.reduce(beside))),
        "n_names": float(n_names),
        "n_terms": math.log(len(weights)),
    }


def _measure_search(
    index: Index, query: Query, scores: Scores, evidence: Evidence, best: Window
) -> dict[str, float]:
    """Return how far the best passage and article stand out, and how well the question is known."""
    rows = evidence.passages
    holders = index.arrays.passage_article[rows]
    holder = holders[evidence.passage_of[best.first]]
    cosine, margin = _lead(scores.passages[rows])
    _, article_margin = _lead(scores.articles[sorted(set(holders.tolist()))])
    lacking = [one for one in query.terms if one.number is None]
    unknown = sum(not one.alternatives for one in lacking)
    return {
        "unknown_share": unknown / len(query.terms),
        "repaired_share": (len(lacking) - unknown) / len(query.terms),
        "cosine": cosine,
        "margin": margin,
        "article_margin": article_margin,
        "bm25": float(evidence.features[best.first, _BM25]),
        "agreement": float((holders[:PASSAGES_COMPARED] == holder).mean()),
    }


def _lead(values: Floats) -> tuple[float, float]:
    """Return the greatest value and how far it leads the next, relative to it; both 0 without."""
    best, second = [*np.sort(values)[::-1][:2].tolist(), 0.0, 0.0][:2]
    return best, (best - second) / best if best > 0 else 0.0


def _any(flags: Array, window: Window) -> bool:
    return bool(flags[window.first : window.last + 1].any())


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(bounded / (1 - bounded))
