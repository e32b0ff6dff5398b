from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.prose import blank_quotations, read_prose

MARKED = st.text("aB .,'’‘“”\"-\n", max_size=60)


@given(MARKED)
def test_blanking_quotations_moves_nothing(text: str) -> None:
    blanked = blank_quotations(text)

    assert len(blanked) == len(text)
    assert all(new in (old, " ") for new, old in zip(blanked, text, strict=True))


@given(MARKED | st.text(max_size=40))
def test_a_word_stands_where_it_is_said_to_stand(text: str) -> None:
    prose = read_prose(text)

    for word, start, end in zip(prose.words, prose.starts, prose.ends, strict=True):
        assert text[start:end].removesuffix("'s").removesuffix("’s") == word
    assert list(prose.starts) == sorted(set(prose.starts))


def test_a_possessive_is_the_name_it_belongs_to() -> None:
    assert read_prose("Maren’s boat isn't Rell's.").words == ("Maren", "boat", "isn't", "Rell")


def test_words_are_known_as_quoted_by_the_marks_around_them() -> None:
    prose = read_prose("“Cranes rust,” 'they' say, don’t they?")

    quoted = [prose.words[place] for place in range(len(prose.words)) if prose.is_quoted(place)]
    assert quoted == ["Cranes", "rust", "they"]


def test_only_a_space_lets_one_word_follow_another() -> None:
    prose = read_prose("Quiet harbours, quiet cranes")

    assert [prose.follows(place) for place in range(1, 4)] == [True, False, True]
