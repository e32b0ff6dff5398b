"""What is said of quotes goes when the quotes go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.standing_notes import keep_notes
from retrieval.answer import Note, NoteKind, NotePlace, Quote
from tests.bot.rendering.recalled import any_notes, make_quote

QUOTES = tuple(make_quote(f"Quote {rank}.", rank=rank) for rank in (1, 2, 3))
STANDING = st.sets(st.sampled_from(QUOTES)).map(
    lambda quotes: tuple(quote for quote in QUOTES if quote in quotes)
)


@given(any_notes(QUOTES), STANDING)
def test_no_note_speaks_of_a_quote_that_is_gone(
    notes: tuple[Note, ...], standing: tuple[Quote, ...]
) -> None:
    """Neither by its number nor by a place in its article."""
    kept = list(keep_notes(notes, standing))

    ranks, cited = {q.rank for q in standing}, {q.article_id for q in standing}
    assert all(ranks.issuperset(note.quotes) for note in kept)
    assert all(place.article_id in cited for note in kept for place in note.spans)


@given(any_notes(QUOTES), STANDING)
def test_notes_fall_away_once(notes: tuple[Note, ...], standing: tuple[Quote, ...]) -> None:
    """Who reads an answer twice, or on two pages, reads the same."""
    kept = tuple(keep_notes(notes, standing))

    assert tuple(keep_notes(kept, standing)) == kept


@given(any_notes(QUOTES), STANDING)
def test_a_note_about_some_quotes_never_becomes_one_about_all(
    notes: tuple[Note, ...], standing: tuple[Quote, ...]
) -> None:
    """A note without ranks is read as one about the whole answer."""
    about_some = [note for note in notes if note.quotes]

    assert all(note.quotes for note in keep_notes(about_some, standing))


def test_what_stands_is_said_as_before() -> None:
    place = NotePlace(QUOTES[0].article_id, 1, 0, 5)
    notes = (
        Note(NoteKind.CAPTION, (1,), (place,)),
        Note(NoteKind.FIGURES_DIFFER, (1, 2)),
        Note(NoteKind.RESPONSE, (3,)),
        Note(NoteKind.NO_RESPONSE, (1,), count=7),
        Note(NoteKind.ORIGINS, (), (place,), count=1),
        Note(NoteKind.ARTICLES, (1, 2, 3), count=3),
        Note(NoteKind.UNDATED_LEFT_OUT, count=2),
    )

    assert tuple(keep_notes(notes, QUOTES)) == notes
