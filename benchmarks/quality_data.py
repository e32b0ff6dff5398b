"""What quality is measured on: three collections, their questions, and what baselines search.

``seeds`` are news articles with questions of every kind, some of which nothing there answers.
``wiki`` are the paragraphs of an encyclopedia, joined to one article a title, with questions that
each have their answer in one paragraph. ``press`` is made-up news with questions, half of them in
other words than the articles', some of which nothing there answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prepare_data import join_paragraphs, prepare_seeds, prepare_wiki, read_jsonl

from corpus.article import Article, BlockKind, Source, Span, hash_text
from corpus.blocks import find_blocks
from corpus.reading import MAX_FILE_BYTES, Incoming, read_path
from corpus.sentences import split_blocks
from retrieval.indexing.building import build_content
from retrieval.indexing.index import Index
from retrieval.indexing.passages import Sentence, split_passages
from retrieval.indexing.writing import digest_articles, write_generation
from retrieval.measuring.labelled import LabelledQuestion, read_labelled
from retrieval.training import examples
from retrieval.training.folds import FOLDS

Stories = list[tuple[Article, Source]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage as a baseline searches it.

    Parameters
    ----------
    article : Article
    title : str
        Of its article.
    span : Span
    sentences : tuple of Sentence
        Those that may be quoted, in order of place.
    """

    article: Article
    title: str
    span: Span
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """Return the passage's characters."""
        return self.span.slice(self.article.text)


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles with the index that Quoth asks and the stretches that the baselines ask."""

    stories: Stories
    stretches: tuple[Stretch, ...]
    index: Index


@dataclass(frozen=True, slots=True)
class Data:
    """The three collections with their questions.

    Parameters
    ----------
    gold, questions, press_questions : tuple of LabelledQuestion
        About ``seeds``, about ``wiki`` and about ``press``.
    training, press_training : retrieval.training.examples.Data
        The latter two as models are trained on them, with the fold of each article.
    """

    seeds: Collection
    gold: tuple[LabelledQuestion, ...]
    wiki: Collection
    questions: tuple[LabelledQuestion, ...]
    training: examples.Data
    press: Collection
    press_questions: tuple[LabelledQuestion, ...]
    press_training: examples.Data


def read_data(shared: Path, press: Path, folder: Path) -> Data:
    """Read the labelled data beside the project and the made-up news; index them in a folder."""
    prepare_seeds(shared, folder / "seeds")
    prepare_wiki(shared, folder / "wiki")
    seeds = collect_news(shared / "seeds", folder / "seeds" / "index")
    made_up = collect_news(press / "articles", folder / "press" / "index")
    wiki = collect_wiki(shared, folder / "wiki")
    return Data(
        seeds,
        tuple(read_labelled(folder / "seeds" / "questions.jsonl", seeds.index)),
        wiki,
        tuple(read_labelled(folder / "wiki" / "questions.jsonl", wiki.index)),
        examples.read_data(folder / "wiki", n_folds=FOLDS),
        made_up,
        tuple(read_labelled(press / "questions.jsonl", made_up.index)),
        examples.read_data(press, n_folds=FOLDS),
    )


def collect_news(path: Path, folder: Path) -> Collection:
    """Return a folder of news, which is searched by the passages that Quoth makes of it."""
    stories = read_stories(path)
    return collect(stories, cut_passages(stories), folder)


def collect_wiki(shared: Path, prepared: Path) -> Collection:
    """Return the encyclopedia, which is searched by its paragraphs; its index lies beside it."""
    stories = read_stories(prepared / "articles.jsonl")
    _, paragraphs = join_paragraphs(read_jsonl(shared / "wiki" / "wiki_passages.jsonl.gz"))
    places = [
        (one.article_id, Span(one.start, one.start + len(one.text))) for one in paragraphs.values()
    ]
    return collect(stories, cut_paragraphs(stories, places), prepared / "index")


def read_stories(path: Path) -> Stories:
    """Return the articles of a file or folder as they would be stored, in order of id."""
    stories = []
    for item in read_path(path, encoding=None, max_bytes=MAX_FILE_BYTES):
        if not isinstance(item, Incoming):
            raise item
        blocks, sha256 = find_blocks(item.text), hash_text(item.text)
        article = Article("quality", item.article_id, 1, item.text, sha256, blocks)
        stories.append((article, item.source))
    return sorted(stories, key=lambda story: story[0].article_id)


def collect(stories: Stories, stretches: Iterable[Stretch], folder: Path) -> Collection:
    """Return a collection whose index lies in a folder."""
    folder.mkdir(parents=True)
    digest = digest_articles(stories)
    write_generation(build_content(stories), folder, collection="quality", digest=digest)
    return Collection(stories, tuple(stretches), Index.open(folder))


def leave_out(collection: Collection, article_ids: set[str], folder: Path) -> Collection:
    """Return a collection without some of its articles, indexed anew."""
    stories = [story for story in collection.stories if story[0].article_id not in article_ids]
    stretches = [one for one in collection.stretches if one.article.article_id not in article_ids]
    return collect(stories, stretches, folder)


def cut_passages(stories: Stories) -> list[Stretch]:
    """Return the passages that Quoth itself would index."""
    return [
        Stretch(article, source.title or "", passage.span, passage.sentences)
        for article, source in stories
        for passage in split_passages(article)
    ]


def cut_paragraphs(stories: Stories, places: Sequence[tuple[str, Span]]) -> list[Stretch]:
    """Return paragraphs, given by article and place, with the sentences that lie within."""
    known = {article.article_id: (article, source) for article, source in stories}
    sentences = {article_id: _body_sentences(article) for article_id, (article, _) in known.items()}
    return [
        Stretch(
            known[article_id][0],
            known[article_id][1].title or "",
            span,
            tuple(one for one in sentences[article_id] if span.start <= one.span.start < span.end),
        )
        for article_id, span in places
    ]


def make_unanswerable(questions: Iterable[LabelledQuestion]) -> list[LabelledQuestion]:
    """Return questions as they are where their article is missing: with nothing to find."""
    return [
        replace(one, answerable=False, gold=(), answers=(), article_id=None, paragraph=None)
        for one in questions
    ]


def article_of(question: LabelledQuestion) -> str:
    """Return the article that answers a question."""
    return question.article_id or question.gold[0].article_id


def _body_sentences(article: Article) -> list[Sentence]:
    parts = split_blocks(article.text, article.blocks)
    return [
        Sentence(span, number)
        for number, (block, spans) in enumerate(zip(article.blocks, parts, strict=True))
        if block.kind is BlockKind.BODY
        for span in spans
    ]
