"""Files that came with a message are read as added ones are, whatever they are called."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.sources.attachments import (
    MAX_REFUSALS,
    Received,
    TooManyArticles,
    is_safe_name,
    read_attachments,
)
from corpus.article import BasisKind
from corpus.errors import RefusedInput
from corpus.reading import Incoming

HOSTILE_NAMES = [
    *("", ".", "..", ".hidden.txt", "../up.txt", "/etc/passwd.txt", "a/b.txt", "a\\b.txt"),
    *("C:\\x.txt", "line\nend.txt", "nul\0.txt", "tab\t.txt", "bell\x07.txt", "c1\x85.txt"),
    *("\u202efdp.txt", "zero\u200bwidth.txt", "half\ud800.txt", "mark\u2028.txt"),
    *("CON", "con.txt", "Nul.md", "lpt1.txt", "COM9.jsonl", "aux", "dot.", "space.txt "),
    *(" space.txt", "x" * 252 + ".txt", "é" * 126 + ".txt"),
]


def read(*files: tuple[str, bytes], max_articles: int = 100) -> Received:
    return read_attachments(files, max_bytes=10_000, max_articles=max_articles)


def articles(received: Received) -> list[Incoming]:
    return [item for item in received.items if isinstance(item, Incoming)]


def refusals(received: Received) -> list[str]:
    return [str(item) for item in received.items if isinstance(item, RefusedInput)]


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let temporary folders be made where a test can look."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_every_format_is_read() -> None:
    received = read(
        ("story.txt", b"The ferry sank."),
        ("memo.md", b"---\ntitle: A memo\n---\nThe harbour silted."),
        ("many.jsonl", b'{"text": "One."}\n{"text": "Two."}\n'),
    )

    assert [item.text for item in articles(received)] == [
        "The ferry sank.",
        "The harbour silted.",
        "One.",
        "Two.",
    ]
    assert [item.source.file for item in articles(received)] == [
        *("story.txt", "memo.md", "many.jsonl", "many.jsonl")
    ]
    assert articles(received)[1].source.title == "A memo"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_refused_by_its_place_and_hurts_no_other_file(name: str) -> None:
    received = read(("first.txt", b"First."), (name, b"Hostile."), ("last.txt", b"Last."))

    assert received.badly_named == (2,)
    assert [item.text for item in articles(received)] == ["First.", "Last."]


@given(name=st.text(max_size=300))
def test_a_name_that_is_taken_is_one_step_in_a_folder(name: str) -> None:
    if is_safe_name(name):
        assert Path(name).name == name
        assert len(name.encode()) <= 255


@pytest.mark.parametrize(
    "name", ["@everyone.txt", "[click](x).txt", "日本語.txt", "a b.txt", "=SUM(1).txt", "-x.txt"]
)
def test_an_odd_name_is_kept_as_it_is(name: str) -> None:
    (item,) = articles(read((name, b"The ferry sank.")))

    assert item.source.file == name
    assert item.where == name


def test_every_hostile_string_is_an_exact_name_or_refused(shared: Path) -> None:
    strings = json.loads((shared / "hostile.json").read_text("utf-8"))
    names = [f"{text}.txt" for kind in ("markup", "exact", "refuse") for text in strings[kind]]

    received = read(*((name, name.encode()) for name in names))

    read_names = [item.source.file for item in articles(received)]
    assert read_names == [item.text for item in articles(received)]
    assert len(read_names) + len(received.badly_named) == len(names)
    assert not any(f"{text}.txt" in read_names for text in strings["refuse"])


def test_two_files_of_one_name_are_both_read() -> None:
    received = read(("story.txt", b"The ferry sank."), ("story.txt", b"The harbour silted."))

    assert [item.text for item in articles(received)] == ["The ferry sank.", "The harbour silted."]
    assert len({item.article_id for item in articles(received)}) == 2


def test_a_refusal_names_the_file_and_not_where_it_lay(temporary: Path) -> None:
    received = read(
        ("photo.png", b"\x89PNG"),
        ("bad.txt", b"caf\xe9"),
        ("lines.jsonl", b'{"text": "One."}\nnonsense\n'),
    )

    assert len(refusals(received)) == 3
    assert refusals(received)[0].startswith("photo.png: is of no known format")
    assert refusals(received)[1].startswith("bad.txt: ")
    assert refusals(received)[2].startswith("lines.jsonl:2: ")
    assert not any(str(temporary) in refusal for refusal in refusals(received))


def test_nothing_is_left_behind(temporary: Path) -> None:
    read(("story.txt", b"The ferry sank."), ("bad.txt", b"caf\xe9"))

    assert list(temporary.iterdir()) == []


def test_a_file_over_the_limit_is_refused() -> None:
    (refusal,) = refusals(read(("long.txt", b"x" * 10_001)))

    assert refusal.startswith("long.txt: has 10,001 bytes")


SIDECAR = b'[[article]]\nfile = "story.txt"\ntitle = "A ferry sank"\n'


def test_a_side_car_describes_the_files_that_came_with_it() -> None:
    received = read(("story.txt", b"The ferry sank."), ("sources.toml", SIDECAR))

    (item,) = articles(received)
    assert item.source.title == "A ferry sank"
    assert item.source.basis["title"].kind is BasisKind.SIDECAR
    assert item.source.file == "story.txt"
    assert refusals(received) == []


def test_with_a_side_car_no_file_is_passed_over_in_silence() -> None:
    received = read(
        ("sources.toml", SIDECAR),
        ("story.txt", b"The ferry sank."),
        ("story.txt", b"Another text."),
        ("photo.png", b"\x89PNG"),
    )

    assert [item.text for item in articles(received)] == ["The ferry sank."]
    assert refusals(received) == [
        "story.txt: came twice; sources.toml cannot tell the two apart",
        "photo.png: is of no known format; the known ones are .txt, .md, .jsonl",
    ]


def test_a_side_car_alone_is_refused() -> None:
    assert refusals(read(("sources.toml", SIDECAR))) == [
        "sources.toml: describes other files; attach them with it"
    ]


def test_a_wrong_entry_of_a_side_car_is_refused_without_the_folder(temporary: Path) -> None:
    received = read(("story.txt", b"The ferry sank."), ("sources.toml", b"nonsense"))

    assert len(refusals(received)) == 1
    assert refusals(received)[0].startswith("sources.toml")
    assert str(temporary) not in refusals(received)[0]


def test_no_more_articles_are_read_than_could_be_stored() -> None:
    lines = b"".join(json.dumps({"text": f"Text {n}."}).encode() + b"\n" for n in range(6))

    assert len(articles(read(("many.jsonl", lines), max_articles=6))) == 6
    with pytest.raises(TooManyArticles):
        read(("many.jsonl", lines), max_articles=5)
    with pytest.raises(TooManyArticles):
        read(("bad.jsonl", b"x\n" * (MAX_REFUSALS + 1)))
