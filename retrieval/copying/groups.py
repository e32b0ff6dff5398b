"""The copies of a sentence and the story of an article, looked up as they were found."""

from __future__ import annotations

from retrieval.indexing.index import Index


def find_group(index: Index, sentence: int) -> tuple[int, ...]:
    """Return a sentence and all its copies, of its own article too, best copy first."""
    arrays = index.arrays
    group = int(arrays.copy_group[sentence])
    if group < 0:
        return (sentence,)
    start, end = arrays.copy_offsets[group : group + 2]
    return tuple(arrays.copy_members[start:end].tolist())


def find_copies(index: Index, sentence: int) -> tuple[int, ...]:
    """Return a sentence and its copies in other articles, one of each, best copy first.

    Returns
    -------
    tuple of int
        Numbers of sentences; body sentences before captions, then the least damaged first, then
        those of a named publisher, then dated ones, then by article id and place.
    """
    group = find_group(index, sentence)
    if group == (sentence,):
        return group
    arrays = index.arrays
    articles = arrays.passage_article[arrays.sentence_passage[list(group)]].tolist()
    own = articles[group.index(sentence)]
    best: dict[int, int] = {}
    for article, member in zip(articles, group, strict=True):
        if article != own or member == sentence:
            best.setdefault(article, member)
    return tuple(best.values())


def story_of(index: Index, article: int) -> int:
    """Return the number of the group of articles that copy one story: that of its first article."""
    return int(index.arrays.story[article])
