"""Which sentences are chosen; the laws that hold for every quote are in test_answering.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Block, BlockKind, Source, Span
from retrieval.considering import Considered, Wanted, consider_question, select_quotes
from retrieval.copying.groups import find_group
from retrieval.evidence.gathering import Evidence, gather_evidence
from retrieval.indexing.index import Index
from retrieval.models import load_models
from retrieval.query import weigh_query
from retrieval.quoting import (
    FURTHER_SHARE,
    MAX_QUOTE_CHARS,
    QUOTES_PER_PASSAGE,
    Selection,
    Window,
    article_of,
    block_run,
    choose_windows,
    is_question,
    run_span,
    select_quote,
    share_words,
)
from retrieval.ranking import score_question
from tests.stories import Story, collections, make_article, make_source, make_story, questions
from tests.strategies import share_of_examples

Build = Callable[[Iterable[Story]], Index]

LAW = share_of_examples(0.4)  # each builds an index


def gather(index: Index, question: str) -> Evidence:
    query = weigh_query(index, question)
    return gather_evidence(index, question, query, score_question(index, query))


def numbers_of(evidence: Evidence, window: Window) -> list[int]:
    return [int(one) for one in evidence.sentences[window.first : window.last + 1]]


@st.composite
def probabilities(draw: st.DrawFn, evidence: Evidence) -> np.ndarray:
    """Draw how likely each sentence answers: any model's word, that is."""
    n_sentences = len(evidence.sentences)
    drawn = st.sampled_from([0.0, 0.02, 0.3, 0.6, 0.9, 1.0])
    return np.array(draw(st.lists(drawn, min_size=n_sentences, max_size=n_sentences)), float)


@LAW
@given(collections(), questions(), st.data())
def test_windows_keep_to_a_block_and_to_all_limits(
    build_index: Build, stories: list[Story], question: str, data: st.DataObject
) -> None:
    """Whatever a model says: no overlap, no sentence twice, and nothing longer than asked."""
    index = build_index(stories)
    evidence = gather(index, question)
    likely = data.draw(probabilities(evidence))
    most, chars = data.draw(st.integers(1, 5)), data.draw(st.sampled_from([1, 40, 120, 1000]))

    windows = choose_windows(index, evidence, likely, max_quotes=most, quote_chars=chars)

    assert len(windows) <= most
    blocks = index.arrays.sentence_block
    for window in windows:
        numbers = numbers_of(evidence, window)
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        assert len({int(evidence.passage_of[one]) for one in (window.first, window.last)}) == 1
        assert len({int(blocks[one]) for one in numbers}) == 1
        length = len(run_span(index, numbers[0], numbers[-1]))
        assert length <= (chars if len(numbers) > 1 else MAX_QUOTE_CHARS)
        assert evidence.held[window.first : window.last + 1].any()
    for one, other in combinations(windows, 2):
        copies = {
            copy for number in numbers_of(evidence, one) for copy in find_group(index, number)
        }
        assert copies.isdisjoint(numbers_of(evidence, other))
    passages = [int(evidence.passage_of[window.first]) for window in windows]
    assert all(passages.count(passage) <= QUOTES_PER_PASSAGE for passage in passages)


@LAW
@given(collections(), questions(), st.data())
def test_windows_stand_likeliest_first_and_captions_last(
    build_index: Build, stories: list[Story], question: str, data: st.DataObject
) -> None:
    index = build_index(stories)
    evidence = gather(index, question)
    likely = data.draw(probabilities(evidence))

    windows = choose_windows(index, evidence, likely, max_quotes=5, quote_chars=120)

    body = [window.probability for window in windows if not window.is_caption]
    assert [window.is_caption for window in windows] == sorted(one.is_caption for one in windows)
    assert body == sorted(body, reverse=True)
    assert all(one >= FURTHER_SHARE * body[0] for one in body)


@LAW
@given(collections(), questions(), st.data())
def test_a_windows_probability_is_that_one_of_its_sentences_answers(
    build_index: Build, stories: list[Story], question: str, data: st.DataObject
) -> None:
    """So it rises with each of theirs."""
    index = build_index(stories)
    evidence = gather(index, question)
    likely = data.draw(probabilities(evidence))

    windows = choose_windows(index, evidence, likely, max_quotes=5, quote_chars=120)

    may_count = np.where(evidence.held.any(axis=1), likely, 0)
    for window in windows:
        missed = np.prod(1 - may_count[window.first : window.last + 1])
        assert window.probability == pytest.approx(1 - missed, abs=1e-8)
        assert 0 < window.probability <= 1


@given(st.lists(st.floats(0.05, 0.8), min_size=2, max_size=2), st.floats(0.01, 0.15))
def test_a_likelier_sentence_makes_a_likelier_window(
    pair_index: Index, likely: list[float], more: float
) -> None:
    evidence = gather(pair_index, "ferry")

    def choose(*values: float) -> Window:
        return choose_windows(
            pair_index, evidence, np.array(values), max_quotes=1, quote_chars=300
        )[0]

    assert choose(likely[0] + more, likely[1]).probability > choose(*likely).probability
    assert choose(likely[0], likely[1] + more).probability > choose(*likely).probability


@pytest.fixture(scope="module")
def pair_index(build_index: Build) -> Index:
    return build_index([make_story("A ferry sank. The ferry was green.\n")])


def consider(index: Index, question: str, *, quotes: int = 3, chars: int = 300) -> Considered:
    return consider_question(
        index,
        question,
        Wanted(quotes, quotes, chars),
        asked=None,
        allowed=np.ones(index.n_articles, np.bool_),
        models=load_models(),
    )


def select(index: Index, question: str, **limits: int) -> list[Selection]:
    everything = np.ones(index.n_articles, np.bool_)
    return select_quotes(index, consider(index, question, **limits), everything)


def words_of(index: Index, selections: list[Selection]) -> list[str]:
    return [
        run_span(index, one.first, one.last).slice(index.text(one.article)) for one in selections
    ]


def quote(build_index: Build, text: str, question: str, **limits: int) -> list[str]:
    """Return what is quoted of one article."""
    index = build_index([make_story(text)])
    return words_of(index, select(index, question, **limits))


def test_the_sentence_that_holds_the_words_is_quoted(build_index: Build) -> None:
    text = "The harbour was quiet.\n\nThe ferry was painted green.\n\nNobody complained.\n"

    assert quote(build_index, text, "painted ferry") == ["The ferry was painted green."]


def choose_texts(index: Index, likely: list[float], **limits: int) -> list[str]:
    """Return what is quoted for a question that every sentence meets, when these are so likely."""
    evidence = gather(index, "cranes")
    windows = choose_windows(index, evidence, np.array(likely), **limits)
    text = index.text(0)
    return [
        run_span(index, numbers[0], numbers[-1]).slice(text)
        for numbers in (numbers_of(evidence, window) for window in windows)
    ]


@pytest.fixture(scope="module")
def cranes(build_index: Build) -> Index:
    return build_index([make_story("Cranes rust. Old cranes fell. Two cranes burned.\n")])


@pytest.mark.parametrize(
    ("likely", "chars", "quoted"),
    [
        ([0.3, 0.5, 0.4], 300, ["Cranes rust. Old cranes fell. Two cranes burned."]),
        ([0.3, 0.5, 0.4], 40, ["Old cranes fell. Two cranes burned.", "Cranes rust."]),
        ([0.01, 0.5, 0.01], 300, ["Cranes rust. Old cranes fell. Two cranes burned."]),
        ([0.001, 0.5, 0.002], 1, ["Old cranes fell."]),
        ([0.9, 0.01, 0.9], 300, ["Cranes rust. Old cranes fell. Two cranes burned."]),
        ([0.9, 0.01, 0.8], 30, ["Cranes rust. Old cranes fell.", "Two cranes burned."]),
        ([0.0, 0.0, 0.0], 300, []),
    ],
)
def test_a_sentence_is_quoted_with_those_beside_it_that_may_answer_too(
    cranes: Index, likely: list[float], chars: int, quoted: list[str]
) -> None:
    """Two sentences of a paragraph often answer together, and explain each other."""
    assert choose_texts(cranes, likely, max_quotes=2, quote_chars=chars) == quoted


def test_a_long_sentence_is_quoted_whole_or_not_at_all(build_index: Build) -> None:
    """Cut in two, it could say the opposite."""
    fits = "The cranes " + "very " * 137 + "rust."
    assert len(fits) == MAX_QUOTE_CHARS + 1
    fits = fits.replace("The cranes", "Our crane")

    assert quote(build_index, fits, "rust", chars=20) == [fits]
    assert quote(build_index, fits.replace("rust.", "rusted."), "rust", chars=20) == []


def test_two_quotes_at_most_come_from_one_passage(build_index: Build) -> None:
    """Two facts of one paragraph may both be needed; a third is for another source."""
    text = "Cranes rust.\n\nFour cranes fell.\n\nOld cranes creak.\n\nNew cranes gleam.\n"

    assert len(quote(build_index, text, "cranes", quotes=4)) == QUOTES_PER_PASSAGE


def test_a_number_is_preferred_where_one_is_asked_for(build_index: Build) -> None:
    text = "The cranes of Varnholm are old.\n\nIn Varnholm stand 54 rusty cranes in all.\n"

    assert "54" in quote(build_index, text, "How many cranes stand in Varnholm?")[0]


def test_sentences_far_below_the_best_are_not_shown(build_index: Build) -> None:
    """Three quotes are a limit, not a target."""
    best = "The lighthouse keeper of Oster Point paints the northern breakwater every spring.\n"
    index = build_index([make_story(best, "a"), make_story("A bakery opened in spring.\n", "b")])

    quotes = words_of(index, select(index, "Who paints the northern breakwater in spring?"))

    assert quotes == [best.strip()]


CAPTION = "A lighthouse keeper paints the northern breakwater"
BODY = "The breakwater was built in 1901."


@pytest.fixture(scope="module")
def captioned(build_index: Build) -> Index:
    text = f"{CAPTION}\n\n{BODY}"
    body = len(text) - len(BODY)
    blocks = [
        Block(Span(0, len(CAPTION)), BlockKind.CAPTION),
        Block(Span(body, len(text)), BlockKind.BODY),
    ]
    return build_index([(make_article(text, blocks, "a"), Source())])


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Who paints the northern breakwater?", [CAPTION]),
        ("Who built the breakwater?", [BODY]),  # the caption holds no more of it
        ("Why does he paint the northern breakwater green?", []),  # it does not hold all of it
    ],
)
def test_a_caption_is_quoted_only_where_it_alone_holds_what_is_asked(
    captioned: Index, question: str, quoted: list[str]
) -> None:
    """It is written under a picture, often by somebody else."""
    selections = select(captioned, question)

    captions = [one.is_caption for one in selections]
    assert words_of(captioned, selections)[-1:] == quoted or not any(captions)
    assert any(captions) == (quoted == [CAPTION])
    assert captions == sorted(captions)


def test_copies_in_other_articles_are_named_once_each(build_index: Build) -> None:
    """However often an article repeats the sentence, and not for the article quoted itself."""
    once = "The harbour institute counted 54 rusty cranes.\n"
    index = build_index([make_story(once * 2, "a"), make_story(once * 2, "b")])

    (selection,) = select(index, "How many rusty cranes?")

    assert [int(index.arrays.sentence_offsets[1])] == list(selection.copies)


STATED = "The harbour institute counted 54 rusty cranes along the northern breakwater."
GARBLED = "Harbour institute, counted the 54 rusty cranes along northern breakwater ."


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_the_least_damaged_copy_of_a_named_publisher_is_shown(
    build_index: Build, order: str
) -> None:
    """The others stand with it; which of them was found first does not matter."""
    worse, better = order
    index = build_index(
        [
            (make_story(f"{STATED}\n", worse)[0], make_source()),
            (make_story(f"{STATED}\n", better)[0], make_source(publisher="The Gazette")),
        ]
    )

    (selection,) = select(index, "How many rusty cranes did the institute count?")

    assert index.record(selection.article).article_id == better
    assert [index.record(article_of(index, one)).article_id for one in selection.copies] == [worse]


def test_a_filter_that_leaves_out_the_best_copy_shows_the_next(build_index: Build) -> None:
    """And does not name the one left out."""
    stories = [
        (make_story(f"{STATED}\n", "a")[0], make_source(publisher="The Gazette")),
        (make_story(f"{STATED}\n", "b")[0], make_source()),
        (make_story(f"{STATED}\n", "c")[0], make_source()),
    ]
    index = build_index(stories)
    allowed = np.array([False, True, True])
    considered = consider_question(
        index, "rusty cranes", Wanted(3, 3, 300), asked=None, allowed=allowed, models=load_models()
    )

    (selection,) = select_quotes(index, considered, allowed)

    assert (selection.article, [article_of(index, one) for one in selection.copies]) == (1, [2])


def test_a_copy_that_is_too_long_to_quote_is_named_and_not_shown(build_index: Build) -> None:
    """However good its publisher's name."""
    words = "The crane was " + "very " * 134 + "rusty"
    longer = words.replace(" ", "  ", 40)
    assert len(words) < MAX_QUOTE_CHARS < len(longer)
    index = build_index(
        [
            (make_story(f"{longer}.\n", "a")[0], make_source(publisher="The Gazette")),
            (make_story(f"{words}.\n", "b")[0], make_source()),
        ]
    )

    (selection,) = select(index, "How rusty was the crane?")

    assert selection.article == 1
    assert [article_of(index, one) for one in selection.copies] == [0]


BESIDE = "Most of them had stood idle since the shipyard locked its gates."


@pytest.mark.parametrize(
    ("found", "best", "chars", "quoted"),
    [
        ((STATED, BESIDE), f"Rain fell. {STATED} {BESIDE} Snow too.", 300, f"{STATED} {BESIDE}"),
        ((BESIDE, STATED), f"Rain fell. {BESIDE} {STATED} Snow too.", 300, f"{BESIDE} {STATED}"),
        ((STATED, BESIDE), f"{BESIDE} {STATED}", 300, STATED),  # in another order
        ((BESIDE, STATED), f"{STATED} {STATED}", 300, STATED),  # the same once more
        ((STATED, BESIDE), f"{STATED}   {BESIDE}", 142, STATED),  # no room
        ((BESIDE, STATED), f"{BESIDE}   {STATED}", 142, STATED),
    ],
)
def test_a_copy_is_quoted_with_the_copies_of_what_stood_beside_it(
    build_index: Build, found: tuple[str, str], best: str, chars: int, quoted: str
) -> None:
    """And never with more: neither another sentence nor the same one again."""
    assert len(" ".join(found)) <= chars
    index = build_index(
        [
            (make_story(" ".join(found), "a")[0], make_source()),
            (make_story(best, "b")[0], make_source(publisher="The Gazette")),
        ]
    )
    evidence = gather(index, "institute cranes idle shipyard")
    first = evidence.sentences.tolist().index(0)
    likely = np.zeros(len(evidence.sentences))
    likely[first + found.index(STATED)] = 0.9

    selection = select_quote(
        index,
        evidence,
        likely,
        Window(first, first + 1, 0.9, is_caption=False),
        allowed=np.array([True, True]),
        quote_chars=chars,
    )

    assert index.record(selection.article).article_id == "b"
    assert words_of(index, [selection]) == [quoted]


def test_quotes_that_share_a_sentence_or_its_copy_hold_the_same_words(build_index: Build) -> None:
    """Whichever sentence of them it is: a reader would take them for two witnesses."""
    index = build_index(
        [make_story(f"{STATED} Rain fell.\n", "a"), make_story(f"{BESIDE} {STATED}\n", "b")]
    )

    def shares(one: range, other: range) -> bool:
        first, second = (
            Selection(article_of(index, run[0]), run[0], run[-1], is_caption=False, score=0.5)
            for run in (one, other)
        )
        assert share_words(index, first, second) == share_words(index, second, first)
        return share_words(index, first, second)

    assert shares(range(2), range(2, 4))
    assert shares(range(1), range(3, 4))
    assert shares(range(1, 2), range(2))
    assert not shares(range(1, 2), range(2, 4))
    assert not shares(range(2), range(2, 3))


@given(collections())
@share_of_examples(0.3)
def test_the_block_of_every_sentence_is_found(build_index: Build, stories: list[Story]) -> None:
    index = build_index(stories)
    arrays = index.arrays
    runs = [block_run(index, number) for number in range(len(arrays.sentence_start))]

    for number, (first, last) in enumerate(runs):
        assert first <= number <= last
        assert set(runs[first : last + 1]) == {(first, last)}
        assert len(set(arrays.sentence_block[first : last + 1].tolist())) == 1
    for (_, last), (first, _) in pairwise(sorted(set(runs))):
        assert first == last + 1


def test_a_question_in_an_article_is_no_answer(build_index: Build) -> None:
    """An interviewer's words share most with a member's question and state nothing."""
    text = (
        "Q: How many ships ran aground at Ostrel?\n\n"
        "A: Seven ships ran aground in my time, and nobody died.\n"
    )

    assert quote(build_index, text, "How many ships ran aground?") == [
        "A: Seven ships ran aground in my time, and nobody died."
    ]


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("Why?", True),
        ("“Why?”", True),
        ('("Why?")', True),
        ("“Why?” he asked.", False),
        ("", False),
    ],
)
def test_a_sentence_asks_by_its_last_mark(words: str, asks: bool) -> None:
    assert is_question(words) is asks
