"""One bad line of a .jsonl never hurts the others, however bad."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import RefusedInput
from corpus.jsonlines import parse_line, split_lines


def parse(line: bytes) -> object:
    return parse_line(line, where="a.jsonl:1", encoding=None)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))), st.booleans())
def test_objects_come_back_each_with_its_line(texts: list[str], ascii_only: bool) -> None:
    lines = [json.dumps({"text": text}, ensure_ascii=ascii_only).encode() for text in texts]

    found = split_lines(io.BytesIO(b"\r\n".join(lines)), max_bytes=10_000)

    assert [(number, parse(line)) for number, line in found if line is not None] == [
        (number, {"text": text}) for number, text in enumerate(texts, start=1)
    ]


@given(st.lists(st.binary().map(lambda data: data.replace(b"\n", b""))), st.integers(1, 20))
def test_lines_over_the_limit_are_named_and_the_others_kept(lines: list[bytes], limit: int) -> None:
    expected = [
        (number, line if len(line) <= limit else None)
        for number, line in enumerate(lines, start=1)
        if line.strip() or len(line) > limit
    ]

    found = split_lines(io.BytesIO(b"\n".join(lines)), max_bytes=limit)

    assert [
        (n, None if line is None else line.removesuffix(b"\n")) for n, line in found
    ] == expected


def test_a_long_line_is_never_held_as_a_whole() -> None:
    class Watched(io.BytesIO):
        asked: list[int | None] = []  # noqa: RUF012

        def readline(self, size: int | None = -1) -> bytes:
            self.asked.append(size)
            return super().readline(size)

    file = Watched(b"x" * 1_000_000 + b"\n{}\n")

    assert list(split_lines(file, max_bytes=10)) == [(1, None), (2, b"{}\n")]
    assert all(size is not None and 0 < size <= 65_536 for size in file.asked)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a"', "not JSON at character 12 (Expecting ',' delimiter); correct the line"),
        (b'["text"]', 'not a JSON object; write {"text": "..."}'),
        (b'"text"', "not a JSON object"),
        (b'{"text": "a\tb"}', "not JSON at character 11 (Invalid control character at); correct"),
        (b'{"text": "caf\xe9"}', "byte 13 (0xE9) is not UTF-8"),
        (b'{"n": ' + b"9" * 5000 + b"}", "not JSON to be read (Exceeds the limit"),
        (b"[" * 100_000, "not JSON to be read ("),
    ],
)
def test_a_bad_line_is_refused_by_its_number(line: bytes, reason: str) -> None:
    with pytest.raises(RefusedInput) as caught:
        parse(line)

    assert str(caught.value).startswith(f"a.jsonl:1: {reason}")


@given(st.binary())
def test_any_line_is_an_object_or_refused(line: bytes) -> None:
    refusal = None
    try:
        parse(line)
    except RefusedInput as caught:
        refusal = caught

    assert refusal is None or str(refusal).isprintable()
