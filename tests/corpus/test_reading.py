"""Whatever is added, what is stored is exactly what the file says, or the file is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Basis, BasisKind, Precision, Source, hash_text
from corpus.errors import RefusedInput
from corpus.identity import derive_article_id
from corpus.reading import MAX_FILE_BYTES, Incoming, read_path

articles = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(
    str.strip
)

LIMIT = 2_000


def read(path: Path, *, encoding: str | None = None) -> list[Incoming | RefusedInput]:
    return list(read_path(path, encoding=encoding, max_bytes=LIMIT))


def read_article(path: Path, *, encoding: str | None = None) -> Incoming:
    (incoming,) = read(path, encoding=encoding)
    assert isinstance(incoming, Incoming), incoming
    return incoming


def read_refusal(path: Path) -> str:
    (refusal,) = read(path)
    assert isinstance(refusal, RefusedInput)
    return refusal.reason


@given(articles.filter(lambda text: not text.startswith(("\ufeff", "+++", "---"))))
def test_the_text_is_the_file_to_the_last_character(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    """Line ends, spaces and odd characters are what a citation counts."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "a.txt").write_bytes(text.encode())
    (folder / "b.md").write_bytes(text.encode())
    (folder / "c.jsonl").write_text(json.dumps({"text": text}))
    (folder / "d.md").write_bytes(b"+++\n+++\n" + text.encode())

    found = list(read_path(folder, encoding=None, max_bytes=MAX_FILE_BYTES))

    assert [incoming.text for incoming in found if isinstance(incoming, Incoming)] == [text] * 4


def test_a_plain_file_states_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfOne.\r\n\r\nTwo.\n")

    assert read_article(path) == Incoming(
        str(path), "One.\r\n\r\nTwo.\n", Source(file="a.txt"), None
    )


def test_the_named_encoding_reads_what_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("L’été".encode("cp1252"))

    assert read_article(path, encoding="cp1252").text == "L’été"
    assert (
        read_refusal(path)
        == "byte 1 (0x92) is not UTF-8; save it as UTF-8, or name its encoding with --encoding"
    )


def test_an_unknown_encoding_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="encoding 'klingon' is not known"):
        read_path(tmp_path / "missing", encoding="klingon", max_bytes=1)
    with pytest.raises(ValueError, match="max_bytes must be at least 1, not 0"):
        read_path(tmp_path / "missing", encoding=None, max_bytes=0)


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text('+++\nid = "7"\ntitle = "A memo"\npublished = 2022-10-13\n+++\n\nBody.\n')

    basis = Basis(BasisKind.METADATA)
    assert read_article(path) == Incoming(
        where=str(path),
        text="\nBody.\n",
        source=Source(
            title="A memo",
            published=date(2022, 10, 13),
            published_precision=Precision.DAY,
            file="a.md",
            basis={"title": basis, "published": basis},
        ),
        source_id="7",
    )


def test_json_lines_stand_each_for_itself(tmp_path: Path) -> None:
    """The lines after a bad one are as good as before."""
    path = tmp_path / "a.jsonl"
    lines = [
        '{"text": "One.", "id": 7, "title": "A", "tags": [1]}',
        "",
        '{"text": "Two."',
        '{"title": "Three"}',
        '{"text": 5}',
        '{"text": " "}',
        '{"text": "a\\u0000"}',
        '{"text": "\\ud800"}',
        '{"text": "x", "published": "soon"}',
        '{"text": "x", "id": []}',
        json.dumps({"text": "x" * LIMIT}),
        '{"text": "Last."}',
    ]
    path.write_text("\n".join(lines))

    found = read(path)

    good = [item for item in found if isinstance(item, Incoming)]
    assert [(item.where, item.text, item.source_id) for item in good] == [
        (f"{path}:1", "One.", "7"),
        (f"{path}:12", "Last.", None),
    ]
    assert {item.source.file for item in good} == {"a.jsonl"}
    reasons = [
        str(item).removeprefix(f"{path}:") for item in found if isinstance(item, RefusedInput)
    ]
    expected = [
        "3: not JSON at character 16 (Expecting ',' delimiter)",
        '4: no "text", or not a string; give the article\'s text',
        '5: no "text", or not a string',
        "6: holds no text; remove it or fill it",
        "7: character 1 is NUL",
        "8: character 0 is half a surrogate pair",
        "9: published 'soon' is not a date that is understood",
        "10: id must be a string, not of type list",
        "11: the line's bytes are over the limit of 2,000; split it, or raise max_file_bytes",
    ]
    assert len(reasons) == len(expected)
    assert all(reason.startswith(start) for reason, start in zip(reasons, expected, strict=True))


def test_a_jsonl_larger_than_the_limit_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Text."}\n' * 1_000)

    assert len(read(path)) == 1_000


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "holds no text; remove it or fill it"),
        ("a.txt", b"\xef\xbb\xbf \n", "holds no text; remove it or fill it"),
        ("a.txt", b"x" * 2_001, "has 2,001 bytes, over the limit of 2,000; split it, or raise"),
        ("a.txt", b"MZ\0\0", "character 2 is NUL, so this is no text; save it as plain text"),
        ("a.md", b"---\ntitle: A\n---\n \n", "holds no text; remove it or fill it"),
        ("a.md", b"---\npublished: 1/2/2022\n---\nText.", "published '1/2/2022' is not a date"),
        ("a.jsonl", b"\n \n", "holds no lines; remove it or fill it"),
        ("a.jsonl", '{"text": "T"}'.encode("utf-16"), "is UTF-16-LE; JSON lines are UTF-8, save"),
        ("a.html", b"<p>Text.", "is of no known format; the known ones are .txt, .md, .jsonl"),
    ],
)
def test_a_file_that_is_no_article_is_refused(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)

    assert read_refusal(tmp_path / name).startswith(reason)


def test_a_refused_file_does_not_hurt_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\xfd")
    (tmp_path / "c.md").write_text("---\nnever closed")
    (tmp_path / "d.jsonl").write_text("nonsense")
    (tmp_path / "e.txt").write_text("Two.")

    found = read(tmp_path)

    assert [isinstance(item, Incoming) for item in found] == [True, False, False, False, True]


def test_a_side_car_corrects_what_a_file_states(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text('---\ntitle: Old\nauthor: "A. Writer"\n---\nText.')
    (tmp_path / "sources.toml").write_text('[[article]]\nfile = "a.md"\ntitle = "New"\n')

    source = read_article(tmp_path).source

    assert (source.title, source.author) == ("New", "A. Writer")
    assert source.basis["title"].kind is BasisKind.SIDECAR
    assert source.basis["author"].kind is BasisKind.METADATA


def test_an_id_is_that_of_the_address_the_source_id_or_the_text(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "a.jsonl"
    path.parent.mkdir()
    known = {"text": "T", "url": "https://a.example/", "publisher": "P", "id": "7"}
    lines = []
    for key in ("", "url", "publisher", "id"):
        known.pop(key, None)
        lines.append(json.dumps(known))
    path.write_text("\n".join(lines))

    def derive(url: str | None, publisher: str | None, source_id: str | None) -> str:
        return derive_article_id(
            text="T", url=url, publisher=publisher, source_id=source_id, file_name="a.jsonl"
        )

    expected = [
        derive("https://a.example/", "P", "7"),
        derive(None, "P", "7"),
        derive(None, None, "7"),
        derive(None, None, None),
    ]
    for added in (path, path.parent, tmp_path):
        found = [item for item in read(added) if isinstance(item, Incoming)]
        assert [item.article_id for item in found] == expected


def test_hostile_strings_are_kept_exactly_or_refused(shared: Path, tmp_path: Path) -> None:
    """Showing them harmlessly is for those who show them; what is stored is exact."""
    strings = json.loads((shared / "hostile.json").read_text(encoding="utf-8"))
    for number, text in enumerate(strings["markup"] + strings["exact"] + strings["refuse"]):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(text.encode())
        if "\0" in text:
            assert "is NUL" in read_refusal(path)
        else:
            assert read_article(path).text == text


def test_hostile_file_names_are_kept_and_shown_in_one_line(shared: Path, tmp_path: Path) -> None:
    strings = json.loads((shared / "hostile.json").read_text(encoding="utf-8"))
    for text in strings["markup"] + strings["exact"] + strings["refuse"]:
        name = f"a{text[:100]}.txt".replace("/", "_").replace("\0", "_")
        (tmp_path / name).write_text("Text.")

        incoming = read_article(tmp_path / name)

        assert incoming.source.file == name
        assert incoming.where.isprintable()


def test_the_shared_articles_are_read_whole(shared: Path) -> None:
    seeds = shared / "seeds"

    found = list(read_path(seeds, encoding=None, max_bytes=MAX_FILE_BYTES))

    incoming = [item for item in found if isinstance(item, Incoming)]
    assert len(incoming) == len(found) == 5
    for item in incoming:
        assert item.source.file is not None
        assert item.text.encode() == (seeds / item.source.file).read_bytes()
        assert len(hash_text(item.text)) == 64
    assert len({item.article_id for item in incoming}) == 5
    assert [item.source.published is not None for item in incoming].count(True) == 2
