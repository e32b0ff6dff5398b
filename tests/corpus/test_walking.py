"""Adding a folder means the same files, in the same order, under the same names, everywhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.article import Source
from corpus.errors import RefusedInput
from corpus.walking import find_files


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.")


def walk(path: Path) -> list[str]:
    """Return what is found: names of files, and refusals in brackets, without the folder."""
    return [
        f"[{found}]".replace(f"{path}/", "") if isinstance(found, RefusedInput) else found.file
        for found in find_files(path, max_bytes=10_000)
    ]


def test_a_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.md", "a/b/c.jsonl", "é.txt", "B.TXT", "a.txt", "c.png", "a/README")

    assert walk(tmp_path) == ["B.TXT", "a/b/c.jsonl", "a/z.md", "a.txt", "b.txt", "é.txt"]


def test_names_are_relative_whichever_way_the_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "sub/a.txt")
    (tmp_path / "sources.toml").write_text('[[article]]\nfile = "sub/a.txt"\ntitle = "A"\n')
    monkeypatch.chdir(tmp_path)

    for path in (Path(), Path("../") / tmp_path.name, tmp_path):
        (found,) = find_files(path, max_bytes=10_000)
        assert not isinstance(found, RefusedInput)
        assert (found.file, found.described.title) == ("sub/a.txt", "A")


def test_hidden_names_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, ".a.txt", ".git/b.txt", "sub/.c/d.txt", "e.txt")

    assert walk(tmp_path) == ["e.txt"]


def test_links_are_never_followed(tmp_path: Path) -> None:
    """A link could lead anywhere: to the same file again, or to one that was never meant."""
    make(tmp_path, "out/secret.txt", "out/picture.png", "in/a.txt")
    inside = tmp_path / "in"
    (inside / "b.txt").symlink_to("../out/secret.txt")
    (inside / "folder").symlink_to("../out")
    (inside / "up").symlink_to(".")
    (inside / "gone.md").symlink_to("nowhere")
    (inside / "circle").symlink_to("circle")
    (inside / "c.png").symlink_to("../out/picture.png")

    reason = "is a symbolic link, which is not followed; add what it points to"
    assert walk(inside) == [
        "a.txt",
        f"[b.txt: {reason}]",
        f"[folder: {reason}]",
        f"[gone.md: {reason}]",
        f"[up: {reason}]",
    ]


def test_a_link_that_the_operator_names_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "folder/a.txt")
    (tmp_path / "named").symlink_to("folder")
    (tmp_path / "named.txt").symlink_to("folder/a.txt")

    assert walk(tmp_path / "named") == ["a.txt"]
    assert walk(tmp_path / "named.txt") == ["named.txt"]


def test_what_a_side_car_says_goes_with_its_files_and_the_nearest_has_the_last_word(
    tmp_path: Path,
) -> None:
    make(tmp_path, "a.txt", "sub/b.txt", "sub/c.txt")
    (tmp_path / "sources.toml").write_text(
        '[[article]]\nfile = "sub/b.txt"\ntitle = "far"\n'
        '[[article]]\nfile = "sub/c.txt"\ntitle = "only"\n'
        '[[article]]\nfile = "gone.txt"\n'
        '[[article]]\nfile = "a.txt"\ntitel = "wrong"\n'
    )
    (tmp_path / "sub/sources.toml").write_text('[[article]]\nfile = "b.txt"\ntitle = "near"\n')

    gone, wrong, near, only = find_files(tmp_path, max_bytes=10_000)

    assert isinstance(gone, RefusedInput)
    assert "entry 3 ('gone.txt')" in gone.where
    assert isinstance(wrong, RefusedInput)
    assert "entry 4 ('a.txt')" in wrong.where
    assert not isinstance(near, RefusedInput)
    assert (near.file, near.described.title) == ("sub/b.txt", "near")
    assert not isinstance(only, RefusedInput)
    assert (only.file, only.described.title) == ("sub/c.txt", "only")


def test_a_broken_side_car_does_not_hurt_the_files(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    (tmp_path / "sources.toml").write_text("[[article")

    refusal, found = find_files(tmp_path, max_bytes=10_000)

    assert isinstance(refusal, RefusedInput)
    assert not isinstance(found, RefusedInput)
    assert found.described == Source()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.txt", "does not exist; check the path"),
        ("page.html", "is of no known format; the known ones are .txt, .md, .jsonl"),
        ("sources.toml", "describes the files of its folder; add the folder"),
        ("empty", "holds no file of a known format (.txt, .md, .jsonl)"),
    ],
)
def test_what_cannot_be_added_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    make(tmp_path, "page.html", "sources.toml", "empty/page.html")

    (refusal,) = find_files(tmp_path / name, max_bytes=10_000)

    assert str(refusal) == f"{tmp_path / name}: {reason}"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")

    (refusal,) = find_files(tmp_path / "a.txt", max_bytes=10_000)

    assert "is no regular file" in str(refusal)


@pytest.mark.parametrize("by_folder", [True, False])
def test_a_name_that_is_not_utf_8_is_refused(tmp_path: Path, by_folder: bool) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_text("Text.")
    except OSError:
        pytest.skip("the file system takes only UTF-8 names")

    (refusal,) = find_files(tmp_path if by_folder else path, max_bytes=10_000)

    assert str(refusal) == f"{tmp_path}/caf\ufffd.txt: has a name that is not UTF-8; rename it"


def test_a_folder_that_may_not_be_read_does_not_hurt_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.txt", "closed/b.txt", "d.txt")
    scandir = os.scandir

    def deny(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", deny)  # chmod would not stop a test run by root

    reason = "cannot be read (Permission denied); check it and its permissions"
    assert walk(tmp_path) == ["a.txt", f"[closed: {reason}]", "d.txt"]
