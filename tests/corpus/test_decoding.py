"""A byte read in the wrong encoding would be a false quote: decoding is exact, or refused."""

from __future__ import annotations

import codecs
import re
from contextlib import AbstractContextManager

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.decoding import (
    BYTE_ORDER_MARKS,
    check_encoding,
    check_text,
    decode_text,
    find_marked_encoding,
)
from corpus.errors import RefusedInput

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def refused(reason: str) -> AbstractContextManager[pytest.ExceptionInfo[RefusedInput]]:
    return pytest.raises(RefusedInput, match=re.escape(reason))


@given(texts, st.sampled_from(BYTE_ORDER_MARKS), st.sampled_from([None, "cp1252", "utf-16-be"]))
def test_marked_text_comes_back_without_its_mark(
    text: str, marked: tuple[bytes, str], given_encoding: str | None
) -> None:
    """A byte order mark wins over all else, and is no part of the article."""
    mark, encoding = marked
    data = mark + text.encode(encoding)

    assert decode_text(data, where="a.txt", encoding=given_encoding) == text
    assert find_marked_encoding(data) == encoding


@given(texts, st.sampled_from([None, "cp1252", "shift_jis", "utf-16-le"]))
def test_utf_8_comes_back_whatever_encoding_is_named_for_other_files(
    text: str, given_encoding: str | None
) -> None:
    """One ``--encoding`` for a folder must not spoil the files in it that are UTF-8."""
    assume(not text.startswith("\ufeff"))

    assert decode_text(text.encode(), where="a.txt", encoding=given_encoding) == text


@pytest.mark.parametrize(
    ("encoding", "alphabet"),
    [
        ("cp1252", "Ça €5 – “l’été”\r\n"),
        ("latin-1", "Ça l'été, señor\xa0\n"),
        ("cp1251", "Где это? №5 «там»\n"),
        ("shift_jis", "日本語の文です。ソ表 abc\n"),
        ("gb18030", "中文，𠀀 abc é\n"),
    ],
)
@given(data=st.data())
def test_text_in_the_named_encoding_comes_back(
    encoding: str, alphabet: str, data: st.DataObject
) -> None:
    text = data.draw(st.text(alphabet))
    encoded = text.encode(encoding)
    assume(not _is_utf8(encoded))

    assert decode_text(encoded, where="a.txt", encoding=encoding) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@given(text=texts)
def test_wide_text_without_a_mark_comes_back_when_its_encoding_is_named(
    encoding: str, text: str
) -> None:
    """ASCII in UTF-16 is valid UTF-8 with NUL between the letters; it is not taken for that."""
    article = f"{text.lstrip(chr(0xFEFF))}\n"
    assume(not article.startswith("\ufeff"))

    assert decode_text(article.encode(encoding), where="a.txt", encoding=encoding) == article


def test_a_mark_of_another_encoding_is_no_part_of_the_text_either() -> None:
    data = "\ufeffÉtat".encode("gb18030")

    assert decode_text(data, where="a.txt", encoding="gb18030") == "État"


def test_only_one_mark_is_taken_off() -> None:
    data = codecs.BOM_UTF8 * 2 + b"text"

    assert decode_text(data, where="a.txt") == "\ufefftext"


@given(st.binary())
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    """No file can end the run for its neighbours."""
    refusal = None
    try:
        check_text(decode_text(data, where="a.txt", encoding="cp1252"), where="a.txt")
    except RefusedInput as caught:
        refusal = caught

    assert refusal is None or str(refusal).isprintable()


def test_the_first_bad_byte_is_named_with_the_mend() -> None:
    with refused(
        "a.txt: byte 4 (0xE9) is not UTF-8; save it as UTF-8, or name its encoding with --encoding"
    ):
        decode_text(b"caf\xc3\xa9"[:3] + b" \xe9t\xe9", where="a.txt")


def test_the_first_byte_that_is_not_in_the_named_encoding_is_named() -> None:
    with refused(
        "byte 3 (0x81) is not CP1252; save it as UTF-8, or name its encoding with --encoding"
    ):
        decode_text(b"abc\x81", where="a.txt", encoding="cp1252")


def test_offsets_after_a_mark_are_those_of_the_file() -> None:
    with refused("byte 4 (0xFF) is not UTF-8; save it as UTF-8"):
        decode_text(codecs.BOM_UTF8 + b"a\xff", where="a.txt")


def test_a_picture_named_txt_is_refused() -> None:
    with refused("byte 0 (0x89) is not UTF-8"):
        decode_text(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", where="a.txt")


def test_half_a_pair_in_utf_16_is_refused() -> None:
    with refused("byte 2 (0x00) is not UTF-16-LE"):
        decode_text(codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", where="a.txt")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no text; remove it or fill it"),
        (" \n\t\u00a0\u3000", "holds no text; remove it or fill it"),
        ("ab\0c", "character 2 is NUL, so this is no text; save it as plain text in UTF-8"),
        ("ab\ud83d", "character 2 is half a surrogate pair; write the whole character"),
    ],
)
def test_what_is_no_article_is_refused(text: str, reason: str) -> None:
    with refused(reason):
        check_text(text, where="a.txt")


@given(texts)
def test_any_other_text_is_an_article(text: str) -> None:
    assume(text.strip())

    check_text(text, where="a.txt")


@pytest.mark.parametrize("encoding", ["UTF-8", "cp1252", "latin-1", "utf-16", "utf-32-be", "cp037"])
def test_common_encodings_are_known(encoding: str) -> None:
    check_encoding(encoding)


@pytest.mark.parametrize("encoding", ["", "utf-88", "a\0b", "\ud800", "hex", "base64", "rot13"])
def test_a_name_that_is_no_encoding_is_an_error(encoding: str) -> None:
    with pytest.raises(ValueError, match=f"^encoding {re.escape(repr(encoding))} is not known"):
        check_encoding(encoding)


@pytest.mark.parametrize(
    "encoding", ["utf-7", "hz", "iso-2022-jp", "ISO2022_KR", "idna", "raw_unicode_escape"]
)
def test_encodings_that_pass_for_utf_8_are_not_accepted(encoding: str) -> None:
    with pytest.raises(ValueError, match=r"is not (supported; save the files as UTF-8|known)"):
        check_encoding(encoding)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
