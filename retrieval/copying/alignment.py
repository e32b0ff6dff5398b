"""Copies among the sentences of a generation, and the stories that articles copy.

Sentences of the same words are found first and count as one from there on; what is left is paired
by rare words (`retrieval.copying.pairing`) and compared (`retrieval.copying.copies`). Articles with
several aligned sentences copy one story, and between those a looser share of words is enough. A
sentence joins a group only as a copy of its first one: copies of copies would drift away, step by
step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from itertools import product

import numpy as np

from retrieval.copying.copies import Wording, is_copy, is_rewording, read_wording, tell_of_one
from retrieval.copying.pairing import Flags, Words, find_pairs, pair_up, weigh_pairs
from retrieval.copying.preferring import Sentences, order_copies
from retrieval.copying.stories import find_stories
from retrieval.indexing.layout import Array
from retrieval.indexing.weighting import Ints

Wordings = Callable[[int], Wording]

# Sentences whose TF-IDF cosine reaches this are aligned: reworded copies do, sentences about the
# same matter in words of their own rarely do.
ALIGNED_COSINE = 0.5
COSINE_DECIMALS = 6

# A sentence of fewer words is said in many stories, and one that more articles hold is furniture:
# neither tells of a story.
TELLING_TERMS = 5
TELLING_ARTICLES = 50


def align_sentences(sentences: Sentences) -> dict[str, Array]:
    """Return the groups of copies and the stories, as arrays of the index."""
    same = _Same(sentences)
    pairs = _find_aligned(sentences, same)
    wordings = cache(lambda sentence: read_wording(sentences.text(sentence)))
    is_telling = sentences.words.lengths >= TELLING_TERMS
    telling = _pair_telling(same, pairs, wordings, is_telling)
    story = find_stories(sentences, telling)
    groups = _group_copies(sentences, same, pairs, wordings, story)
    ordered = [order_copies(sentences, group) for group in sorted(map(sorted, groups))]
    return {**_lay_out(ordered, len(sentences.article)), "story": story.astype(np.int32)}


class _Same:
    """Sentences of the same words, which the first of them stands for.

    Attributes
    ----------
    groups : dict of int to list of int
        Where there are several: by the first one, all in order of place.
    first : numpy.ndarray of int64
        Those that stand for themselves and perhaps for others, in order of place.
    """

    def __init__(self, sentences: Sentences) -> None:
        self.groups: dict[int, list[int]] = {}
        is_first = np.ones(len(sentences.article), np.bool_)
        for rows in _find_equal(sentences.words):
            for group in _part(sentences, rows):
                if len(group) > 1:
                    self.groups[group[0]] = group
                    is_first[group[1:]] = False
        self.first = np.flatnonzero(is_first)

    def members(self, first: int) -> list[int]:
        """Return the sentences that one stands for."""
        return self.groups.get(first, [first])


def _find_equal(words: Words) -> Iterable[list[int]]:
    """Return the sentences that have the same terms as another one, together."""
    rows = np.flatnonzero(words.lengths)
    hashes = words.hash()[rows]
    order = np.argsort(hashes, kind="stable")
    rows, hashes = rows[order], hashes[order]
    starts = np.flatnonzero(np.diff(hashes, prepend=hashes[:1] - 1))
    ends = np.append(starts[1:], len(rows))
    several = ends - starts > 1
    for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
        by_terms: dict[bytes, list[int]] = defaultdict(list)
        for row in rows[start:end].tolist():
            by_terms[words.run(row).tobytes()].append(row)
        yield from by_terms.values()


def _part(sentences: Sentences, rows: list[int]) -> Iterable[list[int]]:
    """Part sentences of the same terms where a "not" or another small word makes a difference.

    In short sentences each word does.
    """
    by_text: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        by_text[sentences.text(row)].append(row)
    is_short = sentences.words.lengths[rows[0]] < TELLING_TERMS
    parts: list[tuple[Wording, list[int]]] = []
    for text, group in by_text.items():
        wording = read_wording(text)
        known = (
            part
            for first, part in parts
            if is_copy(first, wording) and (not is_short or first.words == wording.words)
        )
        if (part := next(known, None)) is None:
            parts.append((wording, group))
        else:
            part += group
    return [sorted(part) for _, part in parts]


def _find_aligned(sentences: Sentences, same: _Same) -> list[tuple[int, int]]:
    """Return pairs of sentences that are aligned and stand for others, the most alike first."""
    rows = same.first[sentences.words.lengths[same.first] >= TELLING_TERMS]
    words = sentences.words.take(rows)
    first, second = find_pairs(words)
    cosines = weigh_pairs(words, first, second)
    order = np.lexsort((second, first, -cosines.round(COSINE_DECIMALS)))
    order = order[cosines[order] >= ALIGNED_COSINE]
    order = order[sentences.article[rows[first[order]]] != sentences.article[rows[second[order]]]]
    return list(zip(rows[first[order]].tolist(), rows[second[order]].tolist(), strict=True))


def _pair_telling(
    same: _Same, pairs: list[tuple[int, int]], wordings: Wordings, is_telling: Flags
) -> tuple[Ints, Ints]:
    """Return the pairs of sentences that tell of a story: of the same words, or aligned."""
    groups = [
        group
        for first, group in same.groups.items()
        if is_telling[first] and len(group) <= TELLING_ARTICLES
    ]
    number = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    rows = np.array([row for group in groups for row in group], np.int64)
    first, second = pair_up(number, rows, neighbours=TELLING_ARTICLES)
    near = [
        members
        for one, other in pairs
        if len(same.members(one)) * len(same.members(other)) <= TELLING_ARTICLES**2
        and tell_of_one(wordings(one), wordings(other))
        for members in product(same.members(one), same.members(other))
    ]
    left, right = np.array(near, np.int64).reshape(-1, 2).T
    return np.concatenate([first, left]), np.concatenate([second, right])


def _group_copies(
    sentences: Sentences,
    same: _Same,
    pairs: list[tuple[int, int]],
    wordings: Wordings,
    story: Ints,
) -> list[list[int]]:
    """Return the groups of copies, each with two members or more."""
    stories = cache(lambda first: frozenset(story[sentences.article[same.members(first)]].tolist()))

    def are_copies(one: int, other: int) -> bool:
        compare = is_copy if stories(one).isdisjoint(stories(other)) else is_rewording
        return compare(wordings(one), wordings(other))

    gathered: dict[int, list[int]] = {}  # by each member, its first member first
    for one, other in pairs:
        left, right = gathered.get(one, [one]), gathered.get(other, [other])
        if left is not right and all(are_copies(left[0], member) for member in right):
            left += right
            gathered.update(dict.fromkeys(left, left))
    near = {group[0]: group for group in gathered.values()}
    alone = [group for first, group in same.groups.items() if first not in gathered]
    return alone + [[row for one in group for row in same.members(one)] for group in near.values()]


def _lay_out(groups: list[list[int]], n_sentences: int) -> dict[str, Array]:
    """Return the arrays that hold the groups and find that of a sentence."""
    lengths = np.array([len(group) for group in groups], np.int64)
    members = np.array([row for group in groups for row in group], np.int32)
    group_of = np.full(n_sentences, -1, np.int32)
    group_of[members] = np.repeat(np.arange(len(groups)), lengths)
    return {
        "copy_offsets": np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        "copy_members": members,
        "copy_group": group_of,
    }
