"""Articles to numbers: sentences, passages and term occurrences, as arrays.

An `Analysis` is of a run of articles and knows its terms by provisional ids of its own, so that
runs can be analysed in several processes and put together afterwards
(`retrieval.indexing.building`).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from corpus.article import Article, BlockKind
from retrieval.indexing.abbreviations import find_abbreviations
from retrieval.indexing.layout import Array
from retrieval.indexing.passages import Passage, split_passages
from retrieval.tokens import WORD, fold_word

STOP_WORD = -1
BEGINS = -1


@dataclass(frozen=True, slots=True)
class Stretches:
    """Term occurrences of sentences, titles or headings, one stretch after another.

    Parameters
    ----------
    occurrences : numpy.ndarray of int64
        Provisional term ids in order of place, without stop words.
    lengths : numpy.ndarray of int64
        How many occurrences each stretch has.
    capitals : numpy.ndarray of int8
        Of each occurrence: 1 with a capital, 0 without, -1 where its stretch begins.
    """

    occurrences: Array
    lengths: Array
    capitals: Array


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a run of articles is made of.

    Parameters
    ----------
    terms : tuple of str
        By provisional id.
    sentences, titles, headings : Stretches
        One stretch a sentence, an article, a passage.
    sentence_place : numpy.ndarray, shape (n_sentences, 3)
        Start, end and number of the block within the article.
    passage_place : numpy.ndarray, shape (n_passages, 4)
        Number of sentences, 1 for a caption, start and end of the heading (0, 0 without one).
    article_size : numpy.ndarray, shape (n_articles, 2)
        Number of sentences and of passages.
    """

    terms: tuple[str, ...]
    sentences: Stretches
    titles: Stretches
    headings: Stretches
    sentence_place: Array
    passage_place: Array
    article_size: Array


class _TermIds(dict[str, int]):
    """Words as written to twice their provisional term ids, plus 1 if they have a capital.

    Ids are given in order of first sight.
    """

    def __init__(self) -> None:
        super().__init__()
        self.terms: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        term = fold_word(word)
        number = 2 * self.terms.setdefault(term, len(self.terms)) if term else STOP_WORD
        self[word] = number + (number >= 0 and word[0].isupper())
        return self[word]


@dataclass(slots=True)
class _Collector:
    """Gathers the term ids of stretches as they come."""

    ids: _TermIds
    found: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))

    def add(self, text: str) -> None:
        """Append one stretch; the initials of its names follow its words."""
        words = WORD.findall(text)
        words.extend(find_abbreviations(text))
        self.found.extend(map(self.ids.__getitem__, words))
        self.ends.append(len(self.found))

    def finish(self) -> Stretches:
        """Return the stretches without their stop words."""
        found = np.array(self.found, np.int64)
        kept = found != STOP_WORD
        ends = np.array(self.ends, np.int64)
        capitals = (found & 1).astype(np.int8)
        starts = np.concatenate([[0], ends[:-1]])
        capitals[starts[starts < ends]] = BEGINS
        before = np.concatenate([[0], np.cumsum(kept)])
        return Stretches(found[kept] >> 1, np.diff(before[ends], prepend=0), capitals[kept])


def analyse_articles(articles: Iterable[tuple[Article, str]]) -> Analysis:
    """Analyse articles, each with its title ("" if it has none), in the order given."""
    ids = _TermIds()
    sentences, titles, headings = _Collector(ids), _Collector(ids), _Collector(ids)
    sentence_place, passage_place, article_size = array("i"), array("i"), array("i")
    for article, title in articles:
        passages = split_passages(article)
        titles.add(title if passages else "")  # what no passage is weighed with is not known
        for passage in passages:
            headings.add(passage.heading.slice(article.text) if passage.heading else "")
            passage_place.extend(_place_of(passage))
            for sentence in passage.sentences:
                sentences.add(sentence.span.slice(article.text))
                sentence_place.extend((sentence.span.start, sentence.span.end, sentence.block))
        article_size.extend((sum(len(one.sentences) for one in passages), len(passages)))
    return Analysis(
        terms=tuple(ids.terms),
        sentences=sentences.finish(),
        titles=titles.finish(),
        headings=headings.finish(),
        sentence_place=np.array(sentence_place, np.int32).reshape(-1, 3),
        passage_place=np.array(passage_place, np.int32).reshape(-1, 4),
        article_size=np.array(article_size, np.int32).reshape(-1, 2),
    )


def _place_of(passage: Passage) -> tuple[int, int, int, int]:
    is_caption = passage.kind is BlockKind.CAPTION
    heading = (passage.heading.start, passage.heading.end) if passage.heading else (0, 0)
    return len(passage.sentences), int(is_caption), *heading
