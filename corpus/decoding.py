"""Bytes to text, strictly: what cannot be decoded without a guess is refused.

The order is: a byte order mark; else UTF-8; else the encoding that the operator names. UTF-8 comes
before the operator's word because text in another encoding hardly ever passes for it, and because
one ``--encoding`` for a folder must not spoil the files that are UTF-8 already. UTF-16 and UTF-32
without a mark can pass for UTF-8, but hold NUL bytes then, which no article holds. The 7-bit
encodings below would pass unnoticed, and are therefore not accepted.
"""

from __future__ import annotations

import codecs

from corpus.errors import RefusedInput

# UTF-32 first: its little-endian mark starts with that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Written in bytes that are all valid ASCII, so that UTF-8 would take them for other text.
SEVEN_BIT = ("hz", "iso2022", "utf-7")
# Codecs of Python that rewrite text and name no character set.
NOT_CHARACTER_SETS = ("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape")


def check_encoding(encoding: str) -> None:
    """Raise ValueError unless a name stands for an encoding that files may be read in."""
    try:
        bytes(4).decode(encoding, "replace")  # fails for hex and the like, which give no text
        name = codecs.lookup(encoding).name.replace("_", "-")
    except (LookupError, ValueError) as error:
        raise ValueError(f"encoding {encoding!r} is not known; try cp1252 or utf-16") from error
    if name.startswith(SEVEN_BIT) or name in NOT_CHARACTER_SETS:
        raise ValueError(f"encoding {encoding!r} is not supported; save the files as UTF-8")


def find_marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark at the start of the data names, or None."""
    return next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), None)


def decode_text(data: bytes, *, where: str, encoding: str | None = None) -> str:
    """Return the text that bytes stand for, without the byte order mark.

    Parameters
    ----------
    data : bytes
        All bytes of a file, or of a line of a ``.jsonl``.
    where : str
        Names the file or line in a refusal.
    encoding : str or None
        What to try when there is no byte order mark and the data are not UTF-8; a name that
        `check_encoding` passes.

    Raises
    ------
    RefusedInput
        If a byte does not belong to the encoding; the reason gives its offset.
    """
    for mark, marked in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_strictly(data, marked, where=where, skip=len(mark))
    if encoding is None or _is_utf8(data):
        return _decode_strictly(data, "utf-8", where=where)
    return _decode_strictly(data, encoding, where=where).removeprefix("\ufeff")


def check_text(text: str, *, where: str) -> None:
    """Refuse what cannot be an article's text: NUL, lone surrogates, nothing but white space.

    Raises
    ------
    RefusedInput
        With the place of the first such character, counted from 0.
    """
    if not text or text.isspace():
        raise RefusedInput(where, "holds no text; remove it or fill it")
    nul = text.find("\0")
    if nul >= 0:
        raise RefusedInput(
            where, f"character {nul} is NUL, so this is no text; save it as plain text in UTF-8"
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RefusedInput(
            where, f"character {error.start} is half a surrogate pair; write the whole character"
        ) from error


def _decode_strictly(data: bytes, encoding: str, *, where: str, skip: int = 0) -> str:
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        offset = skip + error.start
        # Both, for who added it in the chat has no such option.
        mend = (
            "save it as UTF-8" if skip else "save it as UTF-8, or name its encoding with --encoding"
        )
        raise RefusedInput(
            where, f"byte {offset} (0x{data[offset]:02X}) is not {encoding.upper()}; {mend}"
        ) from error


def _is_utf8(data: bytes) -> bool:
    """Return whether bytes are UTF-8 text; with NUL bytes they are UTF-16, UTF-32 or binary."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in data
