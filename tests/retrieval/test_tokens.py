"""What counts as a word, and which words count as the same."""

from __future__ import annotations

import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from corpus.article import Span
from retrieval.tokens import (
    STOP_WORDS,
    Token,
    add_bigrams,
    extract_question_terms,
    extract_terms,
    find_words,
    fold_word,
    tokenize,
)

PIECES = (
    *("Officers", "café", "cafe\u0301", "U.S.", "US", "us", "230,000", "3.5", "1a", "ﬁnds", "ß"),
    *("'", "’", "s", "'s", "’s", ".", ",", "\u0301", "\u00ad", " ", "-", "_", "\n", "悉尼", "МИР"),
)
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join) | st.text()

SLOW_TEXT_CHARS = 200_000
SLOW_SECONDS = 5  # some ten times what it takes: only quadratic time takes longer


@given(TEXTS)
def test_a_tokens_slice_folded_is_its_term(text: str) -> None:
    """So the words of a question can be shown, and marked, as they stand in the article."""
    for token in tokenize(text):
        assert fold_word(token.span.slice(text)) == token.term


@given(TEXTS)
def test_a_word_alone_is_the_word_it_was_among_others(text: str) -> None:
    for token in tokenize(text):
        word = token.span.slice(text)
        assert tokenize(word) == [Token(Span(0, len(word)), token.term)]


@given(TEXTS)
def test_tokens_are_disjoint_in_order_and_all_the_terms(text: str) -> None:
    tokens = tokenize(text)

    assert all(before.span.end <= after.span.start for before, after in pairwise(tokens))
    assert [token.term for token in tokens] == extract_terms(text)
    assert [term for word in find_words(text) if (term := fold_word(word))] == extract_terms(text)


@given(TEXTS)
@example("ﷺ ﷻ ﹰ ͺ")  # letters that unfold to several words, or to a space and a mark
def test_a_term_is_never_empty_and_holds_no_white_space(text: str) -> None:
    """A space inside a term would make it look like two neighbours."""
    assert all(len(term.split()) == 1 for term in extract_terms(text))


@given(TEXTS)
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    """What no word holds could never be searched for."""
    held = "".join(find_words(text))

    assert [char for char in text if char.isalnum()] == [char for char in held if char.isalnum()]


@given(TEXTS)
def test_composed_and_decomposed_accents_make_the_same_terms(text: str) -> None:
    """Which of the two a keyboard or a web page writes, nobody sees."""
    text = unicodedata.normalize("NFC", text)
    split = unicodedata.normalize("NFD", text)
    # Marks of other scripts part words, as Python's \w has it; composed, there is none to part at.
    assume(not any(unicodedata.category(c) in {"Mn", "Mc"} and c > "\u036f" for c in split))

    assert extract_terms(split) == extract_terms(text)


@pytest.mark.parametrize(
    "words",
    [
        ("officer", "officers", "Officers", "OFFICERS", "officer's", "officer’s", "OFFICER'S"),
        ("station", "stations", "station＇s", "stationʼs"),
        ("café", "cafe\u0301", "CAFÉ", "cafe", "cafés", "café's", "cafe\u0301’s"),
        ("finance", "ﬁnance", "Ｆｉｎａｎｃｅ", "𝐅𝐢𝐧𝐚𝐧𝐜𝐞"),
        ("strasse", "Straße", "STRASSE"),
        ("O'Brien", "O’Brien", "O'BRIEN", "O’Brien’s", "OBrien"),
        ("US", "U.S.", "US's", "US’s", "U.S.'s", "U.S.’s"),
        ("WHO", "W.H.O.", "WHO’s"),
        ("USA", "U.S.A.", "usa", "USA's"),
        ("ASIO", "A.S.I.O.", "asio", "ASIO’s"),
        ("мир", "МИР"),
        ("ΣΟΦΙΑ", "σοφία"),
    ],
)
def test_forms_of_one_word_are_one_term(words: tuple[str, ...]) -> None:
    """Whoever asks need not guess how the newspaper wrote it."""
    assert len({tuple(extract_terms(word)) for word in words}) == 1
    assert len(extract_terms(words[0])) == 1


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("US", "us"),
        ("IT", "it"),
        ("WHO", "who"),
        ("shell", "she'll"),
        ("shed", "she’d"),
        ("hell", "he'll"),
        ("ill", "I'll"),
        ("well", "we'll"),
        ("wont", "won't"),
        ("230,000", "230"),
        ("3.5", "35"),
        ("悉尼", "悉"),
    ],
)
def test_words_that_only_look_alike_are_two_terms(word: str, other: str) -> None:
    assert extract_terms(word) not in ([], extract_terms(other))


@pytest.mark.parametrize(
    "text",
    [
        "is it the that of and",
        "Who's who, and what’s what?",
        "He'd have; they'd; it'll; that'd; should've; you’re; I’m; we've; someone's",
        "Don't! Won’t! CAN'T!",
        "?? … — ’ ' \u0301",
        "",
    ],
)
def test_words_without_meaning_of_their_own_give_no_term(text: str) -> None:
    assert extract_terms(text) == []


def test_stop_words_are_listed_in_folded_form() -> None:
    """A capital or a typographic apostrophe in the list would never be met."""
    assert all(word == word.lower() and "’" not in word for word in STOP_WORDS)
    assert all(fold_word(word) == "" for word in STOP_WORDS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("54 stations, 102 reported.", ["54", "102"]),
        ("1,000,000.50 crowns", ["1,000,000.50"]),
        ("In 2022, 230,000.", ["2022", "230,000"]),
        ("$5 or 5% of 5.", ["5", "5", "5"]),
        ("COVID19 and 5G", ["COVID19", "5G"]),
    ],
)
def test_a_number_keeps_its_separators_and_nothing_else(text: str, words: list[str]) -> None:
    """A figure is found as a figure, never as a part of another one."""
    assert [word for word in find_words(text) if any(map(str.isdigit, word))] == words


@pytest.mark.parametrize("word", ["悉尼", "москва", "سيدني", "סידני", "シドニー", "서울"])
def test_letters_of_other_scripts_are_kept(word: str) -> None:
    """Only accents go; what belongs to a letter, such as the voicing of a kana, does not."""
    assert extract_terms(word) == [word]


def test_words_that_frame_a_question_are_left_out_of_it() -> None:
    """Every article "says" something, so saying must not count."""
    assert extract_question_terms("What did the report say about stations?") == extract_terms(
        "report stations"
    )


def test_a_question_of_framing_words_alone_keeps_them() -> None:
    assert extract_question_terms("What did they say?") == extract_terms("say")


@pytest.mark.parametrize(
    "question", ["how many of the stations did they close, and when?", "what happened?", "asio"]
)
def test_a_question_in_capitals_asks_the_same(question: str) -> None:
    """A shout is no acronym: HOW is no organisation."""
    assert extract_question_terms(question.upper()) == extract_question_terms(question)


def test_an_acronym_alone_is_a_question() -> None:
    assert extract_question_terms("US?") == extract_terms("U.S.") != []


@given(st.lists(st.sampled_from(["a", "b", "c"])))
def test_bigrams_are_the_neighbours_in_order(terms: list[str]) -> None:
    added = add_bigrams(terms)

    assert added[: len(terms)] == terms
    assert added[len(terms) :] == [" ".join(pair) for pair in pairwise(terms)]


@pytest.mark.parametrize(
    "unit",
    ["1,", "1.1", "a.", "a'", "a’a", "e\u0301", "\u0301", "1a", "A.B.", "9", "x", "'s", "\u00ad"],
)
@pytest.mark.parametrize("end", ["", "a", "1", "'", "."])
def test_hostile_text_takes_linear_time(unit: str, end: str) -> None:
    """One article must not hold up all others."""
    text = unit * (SLOW_TEXT_CHARS // len(unit)) + end
    start = time.process_time()

    tokenize(text)

    assert time.process_time() - start < SLOW_SECONDS


@pytest.mark.parametrize(
    "beside",
    [
        "@everyone",
        "<@123456789012345678>",
        "<@&42>",
        "<#7>",
        "<:wave:99>",
        "https://evil.example/a?b",
    ],
)
def test_mentions_and_addresses_in_a_question_are_not_asked_about(beside: str) -> None:
    """Who pings somebody with a question would otherwise be told that nothing says so."""
    assert extract_question_terms(
        f"How many cranes {beside} stand idle?"
    ) == extract_question_terms("How many cranes stand idle?")
