"""Which articles copy one story, told by the sentences that they have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from retrieval.copying.pairing import Flags
from retrieval.copying.preferring import Sentences
from retrieval.indexing.weighting import Ints

# Articles copy one story if so many of their sentences are aligned, in the same order, and these
# are such a part of the shorter article.
STORY_PARTS = ((3, 0.05), (2, 0.3), (1, 0.5))

# A story is copied within days, and by others. A publisher's own phrases recur in its articles and
# in those of other days, so that there the part must be as large as this; that of a reprint is.
STORY_DAYS = 10
DOUBTFUL_PART = 0.5


def find_stories(sentences: Sentences, pairs: tuple[Ints, Ints]) -> Ints:
    """Return the story of each article: the number of its first article.

    Parameters
    ----------
    pairs : tuple of numpy.ndarray
        Sentences that are aligned; those of one article are passed over.
    """
    n_articles = len(sentences.texts)
    sizes = np.bincount(sentences.article, minlength=n_articles)
    first, second = _sort_pairs(sentences, pairs)
    keys, places, counts = _count_in_order(sentences, first, second)
    one, other = sentences.article[first[places]], sentences.article[second[places]]
    part = counts / np.maximum(np.minimum(sizes[one], sizes[other]), 1)
    is_story = np.zeros(len(keys), np.bool_)
    for count, needed in STORY_PARTS:
        is_story |= (counts >= count) & (part >= needed)
    is_doubtful = _is_late(sentences, one, other) | _is_one_publisher(sentences, one, other)
    is_story &= (part >= DOUBTFUL_PART) | ~is_doubtful
    links = list(zip(one[is_story].tolist(), other[is_story].tolist(), strict=True))
    return _join_equal(sentences.texts, _gather(links, n_articles))


def _sort_pairs(sentences: Sentences, pairs: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Return the pairs of sentences of two articles, by article, then place."""
    first, second = np.minimum(*pairs), np.maximum(*pairs)
    article = sentences.article
    order = np.lexsort((second, first, article[second], article[first]))
    order = order[article[first[order]] != article[second[order]]]
    return first[order], second[order]


def _count_in_order(sentences: Sentences, first: Ints, second: Ints) -> tuple[Ints, Ints, Ints]:
    """Return each pair of articles, its first pair of sentences, and how many are in one order."""
    keys, places, held = np.unique(
        sentences.article[first] * len(sentences.texts) + sentences.article[second],
        return_index=True,
        return_inverse=True,
    )
    rises = np.ones(len(first), np.int64)
    rises[1:] = (first[1:] > first[:-1]) & (second[1:] > second[:-1])
    rises[places] = 1
    return keys, places, np.bincount(held, weights=rises, minlength=len(keys)).astype(np.int64)


def _is_late(sentences: Sentences, one: Ints, other: Ints) -> Flags:
    """Return which pairs of articles are dated to days too far apart."""
    first, last = sentences.first_day, sentences.last_day
    gap = np.maximum(first[one], first[other]) - np.minimum(last[one], last[other])
    return np.asarray((first[one] > 0) & (first[other] > 0) & (gap > STORY_DAYS))


def _is_one_publisher(sentences: Sentences, one: Ints, other: Ints) -> Flags:
    """Return which pairs of articles have the same named publisher."""
    known: dict[str, int] = {}
    numbers = np.array(
        [known.setdefault(name, len(known)) if name else -1 for name in sentences.publishers]
    )
    return np.asarray((numbers[one] == numbers[other]) & (numbers[one] >= 0))


def _gather(links: list[tuple[int, int]], n_articles: int) -> Ints:
    """Return the story of each article, around those that are linked with most others.

    An article joins a story if it is linked with at least half of it: a digest of two stories does
    not make them one.
    """
    linked: dict[int, set[int]] = defaultdict(set)
    for left, right in links:
        linked[left].add(right)
        linked[right].add(left)
    story = np.arange(n_articles)
    placed: set[int] = set()
    for centre in sorted(linked, key=lambda article: (-len(linked[article]), article)):
        if centre in placed:
            continue
        members = [centre]
        for other in sorted(linked[centre] - placed):
            if 2 * len(linked[other].intersection(members[1:])) >= len(members) - 1:
                members.append(other)
        placed.update(members)
        story[members] = min(members)
    return story


def _join_equal(texts: Sequence[str], story: Ints) -> Ints:
    """Return the stories where articles of the same text are of one story, however many."""
    first: dict[str, int] = {}
    for article, text in enumerate(texts):
        story[article] = story[first.setdefault(text, article)]
    return story
