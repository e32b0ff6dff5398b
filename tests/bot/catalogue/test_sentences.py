"""Quoth's own words: a fixed list, into which no free text can be put."""

from __future__ import annotations

import re
import string
from datetime import UTC, date, datetime
from importlib import import_module
from pkgutil import iter_modules

import pytest

import bot.catalogue
from bot.catalogue.answers import NOTES, REASONS, AnswerSentence, note_line
from bot.catalogue.asking import AskingRefusal
from bot.catalogue.browsing import BrowsingSentence
from bot.catalogue.lines import Line, Sentence
from bot.catalogue.parameters import (
    ArticleId,
    Channel,
    Collection,
    Count,
    Day,
    Key,
    LanguageTag,
    Member,
    MessageLink,
    Moment,
    Number,
    Permission,
    QuestionWords,
    Role,
)
from bot.inert import is_showable
from retrieval.answer import NoteKind, Reason

SAMPLES = {
    Count: Count(2),
    Number: Number(7),
    ArticleId: ArticleId("0123456789abcdef"),
    Collection: Collection("main"),
    QuestionWords: QuestionWords(("brazil",)),
    Key: Key("k3Y_-"),
    LanguageTag: LanguageTag("en-GB"),
    Member: Member(41),
    Channel: Channel(42),
    Role: Role(43),
    MessageLink: MessageLink(44, 45, 46),
    Moment: Moment(datetime(2026, 1, 2, 3, 4, tzinfo=UTC)),
    Day: Day(date(2025, 6, 7)),
    Permission: Permission.SEND_MESSAGES,
}

NEVER_ONE = {AnswerSentence.TOO_LONG, AskingRefusal.TOO_LONG}  # they say a limit of ours

for module in iter_modules(bot.catalogue.__path__):  # the lists of all topics
    import_module(f"bot.catalogue.{module.name}")
SENTENCES = [sentence for topic in Sentence.__subclasses__() for sentence in topic]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_says_each_of_its_parameters(sentence: Sentence) -> None:
    template = sentence.template
    for words in filter(None, (template.words, template.for_one)):
        slots = [name for _, name, _, _ in string.Formatter().parse(words) if name is not None]
        assert len(slots) == len(template.takes)

    text = Line(sentence, tuple(SAMPLES[kind] for kind in template.takes)).text
    assert all(str(SAMPLES[kind]) in text for kind in template.takes)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_sentence_is_one_showable_line(sentence: Sentence) -> None:
    words = sentence.template.words

    assert is_showable(words)
    assert words.splitlines() == [words]


def test_every_reason_and_every_kind_of_note_has_its_sentence() -> None:
    """A silence without a reason, or a note without words, would leave the reader guessing."""
    assert set(REASONS) == set(Reason)
    assert len({line.text for line in REASONS.values()}) == len(Reason)
    assert set(NOTES) == set(NoteKind)


@pytest.mark.parametrize(
    "parameters", [(), ("3",), (3,), (Count(3), Count(3)), (Collection("main"),)]
)
def test_a_sentence_takes_only_what_it_asks_for(parameters: tuple[Count, ...]) -> None:
    """A string is never a parameter: the catalogue cannot be made to say something else."""
    with pytest.raises(ValueError, match="UNDATED_LEFT_OUT takes"):
        Line(AnswerSentence.UNDATED_LEFT_OUT, parameters)


@pytest.mark.parametrize("value", ["", "a b", "x\ny", "<@1>", "é", "a" * 129])
def test_an_article_id_is_no_way_in(value: str) -> None:
    with pytest.raises(ValueError, match="is not an article id"):
        ArticleId(value)


@pytest.mark.parametrize(
    "value",
    ["", "en_GB", "en-", "-en", "en GB", "en\nGB", "é", "toolongatag", "en" + "-x" * 20, "x:y"],
)
def test_a_language_is_no_way_in(value: str) -> None:
    with pytest.raises(ValueError, match="is not a language tag"):
        LanguageTag(value)


@pytest.mark.parametrize("value", ["en", "pt-BR", "zh-Hant-TW", "sl-rozaj-biske", "de-CH-1996"])
def test_a_language_is_said_as_it_is_recorded(value: str) -> None:
    assert Line(BrowsingSentence.LANGUAGE, (LanguageTag(value),)).text == f"Language: {value}"


def test_one_is_singular() -> None:
    assert note_line(NoteKind.UNDATED_LEFT_OUT, 1).text == (
        "1 article without a date was left out."
    )
    assert note_line(NoteKind.UNDATED_LEFT_OUT, 1200).text == (
        "1,200 articles without a date were left out."
    )


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_can_say_one_things(sentence: Sentence) -> None:
    """Only the first count decides: what else is counted stands in front of its number."""
    ones = (Count(1) if kind is Count else SAMPLES[kind] for kind in sentence.template.takes)

    text = Line(sentence, tuple(ones)).text

    assert sentence in NEVER_ONE or not re.search(r"\b1 ((more|posted) )?[a-z]+s\b", text)


def test_words_of_a_question_stay_on_their_line() -> None:
    line = Line(AnswerSentence.WORDS_NOT_FOUND, (QuestionWords(("bra\nzil", "x\u202ey")),))

    assert line.text == "Words not found in the articles: bra zil, x\ufffdy"
