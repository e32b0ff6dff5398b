"""Answers in chat: every quote whole on one page, its source beside it, and nothing alive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Action, Target
from bot.catalogue.answers import REASONS, AnswerSentence
from bot.catalogue.lines import Line
from bot.catalogue.screens import ScreenSentence
from bot.conversation.recalling import Gone, GoneCause, Recalled
from bot.inert import is_showable, make_showable, split_lines
from bot.ledger.records import RetractReason
from bot.rendering.answer_screen import (
    BECAUSE,
    GONE,
    answer_screen,
    gone_rows,
    question_row,
    ranks_on_page,
    short_silence_screen,
    silence_screen,
)
from bot.rendering.content import plain_parts
from bot.rendering.layout import make_view
from bot.rendering.message import ExcerptText
from bot.rendering.rows import join_rows, show_row
from bot.rendering.screen import Button, Buttons, Look, Panel, Screen, TypedText
from retrieval.answer import Excerpt, NearestSource, Note, NoteKind, Place, Quote, Reason
from tests.bot.rendering.reading import ASCII_PUNCTUATION, ShownLine, read_markdown
from tests.bot.rendering.recalled import (
    KEY,
    NOWHERE,
    SOURCE,
    UNKNOWN,
    any_notes,
    make_quote,
    make_recalled,
)
from tests.discord_server.limits import find_message_faults
from tests.strategies import CHARACTERS, share_of_examples, source_fields

DAY = date(2026, 2, 3)
ANY_TEXT = st.text(CHARACTERS | st.sampled_from(ASCII_PUNCTUATION + " \na1"), min_size=1)
LONG_TEXT = st.builds(str.__mul__, ANY_TEXT, st.integers(1, 400))


def texts(screen: Screen) -> Iterator[str]:
    """Yield every text display of a screen."""
    for part in join_rows(screen.blocks):
        inner = join_rows(part.blocks) if isinstance(part, Panel) else [part]
        yield from (text for text in inner if isinstance(text, str))


def lines(screen: Screen) -> list[ShownLine]:
    """Return every line that a reader sees, none of it alive but ours."""
    return [line for text in texts(screen) for line in read_markdown(text)]


def says(screen: Screen) -> str:
    """Return what a reader sees."""
    return "\n".join(line.text for line in lines(screen))


def buttons(screen: Screen) -> list[Button]:
    rows = [block for block in screen.blocks if isinstance(block, Buttons)]
    return [button for row in rows for button in row.buttons if isinstance(button, Button)]


def all_pages(recalled: Recalled, **how: object) -> list[Screen]:
    """Return the pages of an answer, as "More" leads through them."""
    pages = [answer_screen(recalled, **how)]
    while following := [b for b in buttons(pages[-1]) if b.target.action is Action.MORE]:
        pages.append(answer_screen(recalled, page=following[0].target.page, **how))
        assert len(pages) <= 20
    return pages


def check_payload(screen: Screen) -> None:
    """Fail if Discord would refuse a screen."""
    sent = {"components": make_view(screen).to_components(), "allowed_mentions": {"parse": []}}
    assert [*find_message_faults(sent, layout=True)] == []


@st.composite
def any_quotes(draw: st.DrawFn, rank: int) -> Quote:
    """Draw quotes of any words and lengths, with all that can stand beside them."""
    text = draw(ANY_TEXT | LONG_TEXT)
    contexts = draw(st.lists(ANY_TEXT | LONG_TEXT, max_size=2))
    speaker = draw(st.none() | ANY_TEXT)
    places = draw(st.lists(st.tuples(ANY_TEXT | st.just(text), source_fields()), max_size=5))
    title = draw(ANY_TEXT | LONG_TEXT)
    return make_quote(
        text,
        rank=rank,
        source=replace(draw(source_fields()), title=title[:1000]),
        kind=draw(st.sampled_from(["body", "caption"])),
        context=tuple(Excerpt(0, len(words), words) for words in contexts),
        speaker=None if speaker is None else Excerpt(0, len(speaker), speaker),
        also_in=tuple(Place("c", 1, "", 0, len(t), t, source) for t, source in places),
    )


@st.composite
def any_recalled(draw: st.DrawFn) -> Recalled:
    """Draw answers of which some quotes are gone, corrected or widened."""
    quotes: list[Quote] = []
    gone: list[Gone] = []
    for rank in range(1, draw(st.integers(1, 7)) + 1):
        if draw(st.integers(0, 4)):
            quotes.append(draw(any_quotes(rank)))
        else:
            gone.append(
                Gone(rank, draw(st.sampled_from(GoneCause)), draw(st.sampled_from([None, DAY])))
            )
    ranks = [quote.rank for quote in quotes]
    return make_recalled(
        *quotes,
        gone=tuple(gone),
        question=draw(st.none() | ANY_TEXT | LONG_TEXT),
        searched=draw(ANY_TEXT),
        notes=draw(any_notes(tuple(quotes))),
        corrected=dict.fromkeys(ranks[:1], DAY),
        widened=frozenset(ranks[1:]),
    )


@share_of_examples(0.4)
@given(any_recalled(), st.booleans(), st.sampled_from([None, 2**63 - 1]))
def test_every_quote_stands_whole_on_exactly_one_page_or_not_at_all(
    recalled: Recalled, private: bool, asker: int | None
) -> None:
    """Whatever its length, within every limit, and each page says all that it shows."""
    pages = all_pages(recalled, private=private, asker=asker)

    seen = [
        piece.place
        for page in pages
        for piece in page.leaves()
        if isinstance(piece, ExcerptText) and isinstance(piece.place, Quote)
    ]
    assert len({quote.rank for quote in seen}) == len(seen)
    for quote in recalled.quotes:
        if quote in seen:
            assert is_showable(quote.text)
        elif is_showable(quote.text):
            assert len(quote.text) + sum(len(c.text) for c in quote.context) > 300
    for page in pages:
        check_payload(page)
        assert sum(isinstance(block, Panel) for block in page.blocks) <= 3


@share_of_examples(0.4)
@given(any_recalled())
def test_what_stands_behind_a_bar_is_stored_word_for_word(recalled: Recalled) -> None:
    """Each bar is one whole excerpt; reading fails if anything in title or quote were alive."""
    stored = {
        "\n".join(line.rstrip() for line in split_lines(excerpt.text)).rstrip()
        for quote in recalled.quotes
        for excerpt in (quote, *quote.context, *quote.also_in)
    }
    for page in all_pages(recalled):
        for text in texts(page):
            for behind_bar, group in groupby(read_markdown(text), lambda line: line.behind_bar):
                stretch = "\n".join(line.text.rstrip() for line in group)
                assert not behind_bar or stretch in stored


@share_of_examples(0.3)
@given(any_recalled())
def test_every_rank_is_on_one_page_shown_or_said_to_be_gone(recalled: Recalled) -> None:
    """While any quote stands; of an answer that is gone as a whole, its first page says so."""
    pages = all_pages(recalled)

    first_ranks = [
        1,
        *(
            b.target.page
            for page in pages
            for b in buttons(page)
            if (b.target.action is Action.MORE)
        ),
    ]
    shown = [rank for first in first_ranks for rank in ranks_on_page(recalled, page=first)]
    ranks = sorted({q.rank for q in recalled.quotes} | {g.rank for g in recalled.gone})
    assert shown == (ranks if recalled.quotes else ranks[:3])


@share_of_examples(0.3)
@given(any_recalled())
def test_plain_messages_hold_an_answer_too(recalled: Recalled) -> None:
    for page in all_pages(recalled):
        for part in plain_parts(page):
            read_markdown(part)
            assert len(part) <= 2000


def test_three_everyday_quotes_stand_on_one_page() -> None:
    """With context, a speaker and copies: what a reader on a phone sees first."""
    words = "“" + "The ferry, which had left the harbour at dawn, sank off the coast. " * 4 + "”"
    copy = Place("c", 1, "", 0, 9, words, SOURCE)
    quotes = [
        make_quote(
            words,
            rank=rank,
            context=(Excerpt(0, 90, words[:90]),),
            speaker=Excerpt(0, 6, "Jo Day"),
            also_in=(copy,),
        )
        for rank in (1, 2, 3)
    ]

    (page,) = all_pages(make_recalled(*quotes), private=True, asker=41)
    assert sum(isinstance(block, Panel) for block in page.blocks) == 3


def test_a_public_answer_reads_from_question_to_buttons() -> None:
    copy = Place("c", 1, "", 0, 5, "sank.", NOWHERE)
    quote = make_quote(
        "It sank.\nAll are safe.",
        context=(Excerpt(0, 9, "The ferry left."),),
        speaker=Excerpt(0, 6, "Jo Day"),
        also_in=(copy,),
    )
    caption = make_quote("A *ferry*.", rank=2, source=UNKNOWN, kind="caption")
    recalled = make_recalled(
        quote,
        caption,
        notes=(Note(NoteKind.SAMPLE, (1,)), Note(NoteKind.UNDATED_LEFT_OUT, count=1)),
        searched="ferry sink",
        corrected={2: DAY},
        widened=frozenset({1}),
    )

    screen = answer_screen(recalled, asker=41)

    question, first, second = texts(screen)
    assert question == (
        "-# Question\\: Did the ferry sink\\?\n"
        "-# Searched for\\: ferry sink\n"
        "-# Asked by <@41>\n"
        "-# 1 article without a date was left out\\."
    )
    assert first == (
        "-# \\[1\\] Sample article written to try Quoth out\\, not a news source\\.\n"
        "-# Context\\:\n"
        "> -# The ferry left\\.\n"
        "-# Quote\\:\n"
        "> It sank\\.\n"
        "> All are safe\\.\n"
        "Said by\\: Jo Day\n"
        "Source\\: [Ferry sinks](<https://www.example.org/ferry#:~:text=It%20sank.%20All%20are%20"
        "safe.>) \\(example\\.org\\)\n"
        "-# 2024\\-03\\-04 · The Paper\n"
        "-# A moderator had more of the same version shown here\\.\n"
        "-# Same words also in\\:\n"
        "- No title given · No date given · notes\\/ferry\\.txt"
    )
    assert second == (
        "-# \\[2\\] Picture caption\\.\n"
        "> A \\*ferry\\*\\.\n"
        "Source\\: No title given\n"
        "-# No date given\n"
        "-# What is known about this source was corrected on 2026\\-02\\-03\\."
    )
    assert [(button.target, button.label.text) for button in buttons(screen)] == [
        (Target(Action.CONTEXT, KEY, 1), "Context"),
        (Target(Action.VERIFY, KEY, 1), "Verify"),
        (Target(Action.WHY, KEY, 1), "Why"),
        (Target(Action.REPORT, KEY, 1), "Report"),
    ]


def test_a_single_quote_has_no_number() -> None:
    assert "[1]" not in says(answer_screen(make_recalled(make_quote("It sank."))))


def test_further_quotes_are_behind_more() -> None:
    recalled = make_recalled(*(make_quote(f"Quote {rank}.", rank=rank) for rank in range(1, 6)))

    first, second = all_pages(recalled)

    assert ranks_on_page(recalled) == (1, 2, 3)
    assert [b.target for b in buttons(first)][-1] == Target(Action.MORE, KEY, 4)
    assert "[4]" in says(second)
    assert {b.target.page for b in buttons(second)} == {4}
    assert answer_screen(recalled, page=99) == first  # a page that is no more
    assert answer_screen(recalled, page=0) == first


def test_a_private_answer_can_be_posted() -> None:
    screen = answer_screen(make_recalled(make_quote("It sank.")), private=True)

    assert (buttons(screen)[-1].target, buttons(screen)[-1].look) == (
        Target(Action.POST, KEY),
        Look.MAIN,
    )


def test_the_question_is_shown_up_to_200_characters() -> None:
    screen = answer_screen(make_recalled(make_quote("It sank."), question="*" * 201))

    assert f"Question: {'*' * 199}…" in says(screen).split("\n")


def test_a_question_that_is_no_longer_kept_leaves_no_line() -> None:
    screen = answer_screen(make_recalled(make_quote("It sank."), question=None, searched=None))

    assert "Question" not in says(screen)


def test_many_copies_are_counted() -> None:
    copies = tuple(Place("c", 1, "", 0, 5, "sank.", NOWHERE) for _ in range(5))

    shown = says(answer_screen(make_recalled(make_quote("It sank.", also_in=copies))))
    assert shown.count("notes/ferry.txt") == 3
    assert shown.endswith("\n2 more places")


def test_copies_in_the_same_words_are_named_before_others() -> None:
    same = tuple(Place("c", 1, "", 0, 5, "sank.", NOWHERE) for _ in range(2))
    nearly = tuple(Place("d", 1, "", 0, 5, "It has sunk.", SOURCE) for _ in range(2))

    shown = says(answer_screen(make_recalled(make_quote("It sank.", also_in=same + nearly))))
    assert shown.count("notes/ferry.txt") == 2
    assert shown.count("It has sunk.") == 1
    assert shown.endswith("\n1 more place")


def test_a_quote_whose_copies_find_no_room_goes_on_the_next_page() -> None:
    """There it stands with all that belongs to it."""
    copies = (Place("c", 1, "", 0, 9, "n" * 900, NOWHERE),)
    recalled = make_recalled(make_quote("w" * 2900), make_quote("It sank.", rank=2, also_in=copies))

    first, second = all_pages(recalled)
    assert "It sank." not in says(first)
    assert "n" * 900 in says(second)


def test_a_quote_too_long_for_any_page_is_named_not_cut() -> None:
    recalled = make_recalled(make_quote("w" * 4000), make_quote("It sank.", rank=2))

    shown = says(answer_screen(recalled))
    assert "www" not in shown.replace("www.example", "")
    assert Line(ScreenSentence.TOO_LONG).text in shown
    assert "It sank." in shown


def test_words_that_cannot_be_shown_are_not() -> None:
    """The fixed line stands for them, and the source is named as always."""
    screen = answer_screen(make_recalled(make_quote("un\u200bshowable")))

    assert Line(AnswerSentence.UNSHOWABLE).text in says(screen)
    assert "showable" not in says(screen)
    assert [link for line in lines(screen) for link in line.links] == [
        ("Ferry sinks", "https://www.example.org/ferry")
    ]


@pytest.mark.parametrize("cause", GoneCause)
def test_a_quote_that_is_gone_is_said_to_be(cause: GoneCause) -> None:
    """In its place, with the day; the others stay, and so do the buttons."""
    gone = (Gone(1, cause, DAY, RetractReason.OUTDATED),)
    screen = answer_screen(make_recalled(make_quote("It sank.", rank=2), gone=gone))

    assert says(screen).index("Quote 1") < says(screen).index("It sank.")
    assert says(screen).count("2026-02-03") == 1
    assert Line(BECAUSE[RetractReason.OUTDATED]).text in says(screen)
    assert buttons(screen)
    assert set(GONE) == set(GoneCause)


def test_an_answer_without_a_standing_quote_has_no_buttons() -> None:
    gone = (Gone(1, GoneCause.WITHDRAWN, DAY), Gone(2, GoneCause.UNVERIFIED, None))
    screen = answer_screen(make_recalled(gone=gone), private=True)

    assert says(screen).split("\n") == [
        "Question: Did the ferry sink?",
        "Quote 1 is gone: its article was withdrawn. Date: 2026-02-03",
        "Quote 2 is gone: it could not be verified against the stored article.",
    ]
    assert not buttons(screen)
    check_payload(screen)


@pytest.mark.parametrize("reason", RetractReason)
def test_a_retracted_answer_says_when_and_why_and_shows_no_word_of_it(
    reason: RetractReason,
) -> None:
    gone = tuple(Gone(rank, GoneCause.RETRACTED, DAY, reason) for rank in (1, 2))
    recalled = make_recalled(
        gone=gone, retracted_at=datetime(2026, 2, 3, tzinfo=UTC), retracted_for=reason
    )

    screen = answer_screen(recalled)

    assert says(screen).split("\n") == [
        "Question: Did the ferry sink?",
        "This answer was taken back by a moderator on 2026-02-03.",
        Line(BECAUSE[reason]).text,
    ]
    assert not buttons(screen)
    assert [row.pieces[0].text for row in gone_rows(recalled)] == says(screen).split("\n")[1:]
    check_payload(screen)


def test_silence_says_why_and_where_to_look() -> None:
    nearest = (NearestSource("a", SOURCE), NearestSource("b", NOWHERE))
    recalled = make_recalled(
        reason=Reason.NOT_THIS_FACT, unmatched=("brazil", "peru"), nearest=nearest
    )

    screen = silence_screen(recalled, button=True)

    assert says(screen).split("\n") == [
        "Question: Did the ferry sink?",
        REASONS[Reason.NOT_THIS_FACT].text,
        "Words not found in the articles: brazil, peru",
        "Nearest sources, which may not answer it:",
        "Ferry sinks (example.org) · 2024-03-04 · The Paper",
        "No title given · No date given · notes/ferry.txt",
    ]
    assert [button.target for button in buttons(screen)] == [Target(Action.ASK_MODERATOR, KEY)]
    assert not buttons(silence_screen(recalled, button=False))
    assert answer_screen(recalled) == silence_screen(recalled, button=False)


@share_of_examples(0.4)
@given(
    st.lists(ANY_TEXT | LONG_TEXT, max_size=200),
    st.lists(st.tuples(source_fields(), LONG_TEXT), max_size=8),
    ANY_TEXT | LONG_TEXT,
)
def test_silence_fits_whatever_was_asked(
    words: list[str], sources: list[tuple[object, str]], question: str
) -> None:
    nearest = tuple(NearestSource("a", replace(s, title=t[:1000])) for s, t in sources)
    recalled = make_recalled(
        reason=Reason.NO_MATCH, unmatched=tuple(words), nearest=nearest, question=question
    )

    screen = silence_screen(recalled, button=True)

    check_payload(screen)
    assert not any(line.behind_bar for line in lines(screen))
    assert not any(isinstance(leaf, ExcerptText) for leaf in screen.leaves())


def test_silence_names_as_many_words_and_sources_as_fit() -> None:
    """The most a reader can be told; the reason always stands."""
    far = replace(SOURCE, title="*" * 150, url="https://example.org/" + "p" * 480)
    recalled = make_recalled(
        reason=Reason.NO_MATCH,
        unmatched=("w" * 1000,) * 50,
        nearest=(NearestSource("a", far),) * 9,
    )

    screen = silence_screen(recalled, button=True)

    check_payload(screen)
    assert says(screen).count("example.org") == 4
    assert says(screen).count("w" * 79 + "…") == 4


def test_a_short_silence_is_one_line_and_a_button() -> None:
    screen = short_silence_screen(make_recalled(reason=Reason.NO_MATCH))

    assert says(screen) == "No answer found in the articles."
    assert [button.target for button in buttons(screen)] == [Target(Action.WHY, KEY)]


def test_an_answer_is_no_silence() -> None:
    with pytest.raises(ValueError, match="no silence"):
        silence_screen(make_recalled(make_quote("It sank.")), button=False)


def test_a_question_in_a_moderators_view_is_data_too() -> None:
    assert show_row(question_row(TypedText("<@1>" * 60), most=5)) == "-# Question\\: \\<\\@1\\>…"


@pytest.mark.parametrize("kind", ["markup", "refuse"])
def test_hostile_strings_are_exact_and_inert_or_refused(shared: Path, kind: str) -> None:
    """As question, title, publisher, author, file and words of a quote."""
    for text in json.loads((shared / "hostile.json").read_text(encoding="utf-8"))[kind]:
        source = replace(UNKNOWN, title=text, publisher=text, author=text, file=text)
        linked = replace(SOURCE, title=text, publisher=text)
        recalled = make_recalled(
            make_quote(text, source=source, speaker=Excerpt(0, 1, text)),
            make_quote(text, rank=2, source=linked, context=(Excerpt(0, 1, text),)),
            question=text,
        )
        screen = answer_screen(recalled)
        check_payload(screen)
        shown = lines(screen)

        assert not any(line.alive for line in shown)
        links = [url for line in shown for _, url in line.links]
        assert len(links) == 1
        assert links[0].startswith("https://www.example.org/ferry")
        barred = "\n".join(line.text for line in shown if line.behind_bar)
        first = split_lines(text)[0].rstrip()
        assert (first in barred) == is_showable(text)
        question = split_lines(make_showable(text))[0]
        assert f"Question: {question[:100]}" in says(screen)
