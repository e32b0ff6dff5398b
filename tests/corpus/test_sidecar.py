"""A side-car file says where the articles of its folder come from; each entry stands for itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.article import Basis, BasisKind, Precision, Source
from corpus.errors import RefusedInput
from corpus.sidecar import Sidecar, read_sidecar

KNOWN_KEYS = "file, title, publisher, author, published, url, language, basis"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two articles, one below, and files that are none."""
    root = tmp_path / "folder"
    (root / "sub").mkdir(parents=True)
    for name in ("a.txt", "b.md", "sub/c.jsonl", ".hidden.txt", "picture.png"):
        (root / name).write_text("Text.")
    (tmp_path / "outside.txt").write_text("Text.")
    (root / "link.txt").symlink_to(tmp_path / "outside.txt")
    (root / "linked").symlink_to(tmp_path)
    return root


def read(folder: Path, toml: str) -> Sidecar:
    (folder / "sources.toml").write_text(toml, encoding="utf-8")
    return read_sidecar(folder, max_bytes=10_000)


def read_one(folder: Path, entry: str) -> Source | RefusedInput:
    sidecar = read(folder, f'[[article]]\nfile = "a.txt"\n{entry}')
    assert not sidecar.refused
    return sidecar.entries[folder / "a.txt"]


def test_a_folder_without_one(folder: Path) -> None:
    assert read_sidecar(folder, max_bytes=10_000) == Sidecar({})


def test_fields_come_with_their_basis(folder: Path) -> None:
    entry = """
title = "A memo"
published = 2022-10-13
basis.published = "stamp on the first page"
"""
    assert read_one(folder, entry) == Source(
        title="A memo",
        published=date(2022, 10, 13),
        published_precision=Precision.DAY,
        basis={
            "title": Basis(BasisKind.SIDECAR),
            "published": Basis(BasisKind.SIDECAR, "stamp on the first page"),
        },
    )


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2022-10-13T23:30:00-05:00", date(2022, 10, 13)),
        ("2022-10-13 23:30:00", date(2022, 10, 13)),
        ('"2022-10"', date(2022, 10, 1)),
    ],
)
def test_dates_of_toml(folder: Path, published: str, expected: date) -> None:
    source = read_one(folder, f"published = {published}")

    assert isinstance(source, Source)
    assert source.published == expected


def test_files_below_the_folder_may_be_described(folder: Path) -> None:
    sidecar = read(folder, '[[article]]\nfile = "sub/c.jsonl"\npublisher = "The Daily"\n')

    assert list(sidecar.entries) == [folder / "sub" / "c.jsonl"]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('titel = "A"', f"unknown key 'titel'; known are {KNOWN_KEYS}"),
        ("title = 5", "title must be a string, not of type int; put it in quotes"),
        ('published = "13/10/2022"', "published '13/10/2022' is not a date that is understood; "),
        ("published = 09:30:00", "published must be a date such as 2022-10-13, "),
        ('url = "ftp://a.example"', "url 'ftp://a.example' is not an http or https address; "),
        ('basis = "first line"', 'basis is no table; write basis.title = "..."'),
        ('basis.title = "first line"', "basis of 'title', a field the entry does not give"),
        ('basis.file = "first line"', "basis of 'file', a field the entry does not give"),
        ('title = "A"\nbasis.title = 5', "basis.title must be a string, not of type int"),
    ],
)
def test_a_wrong_entry_is_refused_in_place_of_its_file(
    folder: Path, entry: str, reason: str
) -> None:
    """Reading the file without its source would store something the operator did not mean."""
    refusal = read_one(folder, entry)

    assert isinstance(refusal, RefusedInput)
    assert refusal.where == f"{folder}/sources.toml, entry 1 ('a.txt')"
    assert refusal.reason.startswith(reason)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ('"missing.txt"', "does not exist; check the path"),
        ('"sub"', "is of no known format; remove the entry"),
        ('"picture.png"', "is of no known format; remove the entry"),
        ('"."', "is of no known format; remove the entry"),
        ('""', "is of no known format; remove the entry"),
        ('"../outside.txt"', "leaves the folder; name a file in it"),
        ('"sub/../a.txt"', "leaves the folder; name a file in it"),
        ('"/etc/motd.txt"', "leaves the folder; name a file in it"),
        ('"a\\u0000.txt"', "leaves the folder; name a file in it"),
        ('"link.txt"', "is hidden or behind a symbolic link; neither is read"),
        ('"linked/outside.txt"', "is hidden or behind a symbolic link; neither is read"),
        ('".hidden.txt"', "is hidden or behind a symbolic link; neither is read"),
        (f'"{"x" * 300}.txt"', "cannot be read (File name too long); check it and its"),
        ("5", 'names no file; write file = "NAME"'),
    ],
)
def test_an_entry_for_no_file_is_refused_and_the_others_stand(
    folder: Path, name: str, reason: str
) -> None:
    sidecar = read(
        folder, f'[[article]]\nfile = {name}\ntitle = "A"\n[[article]]\nfile = "b.md"\ntitle = "B"'
    )

    (refusal,) = sidecar.refused
    assert refusal.reason.startswith(reason)
    assert refusal.where.startswith(f"{folder}/sources.toml, entry 1 (")
    assert list(sidecar.entries) == [folder / "b.md"]


def test_an_entry_without_a_file_is_refused(folder: Path) -> None:
    (refusal,) = read(folder, '[[article]]\ntitle = "A"\n').refused

    assert str(refusal).endswith('entry 1 (no name): names no file; write file = "NAME"')


def test_the_first_of_two_entries_for_one_file_stands(folder: Path) -> None:
    sidecar = read(
        folder,
        '[[article]]\nfile = "a.txt"\ntitle = "A"\n[[article]]\nfile = "./a.txt"\ntitle = "B"\n',
    )

    source = sidecar.entries[folder / "a.txt"]
    assert isinstance(source, Source)
    assert source.title == "A"
    assert [str(refusal) for refusal in sidecar.refused] == [
        f"{folder}/sources.toml, entry 2 ('./a.txt'): is described a second time; keep one entry"
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[[article]\n", "is not TOML: "),
        (f"a = {'[' * 100_000}", "has 100,004 bytes, over the limit of 10,000; "),
        (f"a = {'[' * 5_000}", "is not TOML: "),
        ("[[articles]]\n", "unknown key 'articles'; start entries with [[article]]"),
        ("article = 5\n", "article is not a list of tables; start entries with [[article]]"),
        ("article = [5]\n", "article is not a list of tables; start entries with [[article]]"),
    ],
)
def test_a_file_of_another_form_is_refused_as_a_whole(
    folder: Path, content: str, reason: str
) -> None:
    sidecar = read(folder, content)

    assert not sidecar.entries
    (refusal,) = sidecar.refused
    assert refusal.where == f"{folder}/sources.toml"
    assert refusal.reason.startswith(reason)


def test_bytes_that_are_not_utf_8_are_refused(folder: Path) -> None:
    (folder / "sources.toml").write_bytes(b'[[article]]\nfile = "caf\xe9.txt"')

    (refusal,) = read_sidecar(folder, max_bytes=10_000).refused
    assert refusal.reason.startswith("byte 23 (0xE9) is not UTF-8")


def test_a_linked_side_car_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('[[article]]\nfile = "a.txt"\n')
    (folder / "sources.toml").symlink_to(tmp_path / "other.toml")

    sidecar = read_sidecar(folder, max_bytes=10_000)

    assert not sidecar.entries
    assert "is a symbolic link, which is not followed" in sidecar.refused[0].reason
