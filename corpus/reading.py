"""Files to articles: the text and the stated source of each, or the reason for refusing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.article import BasisKind, Source
from corpus.decoding import check_encoding, check_text, decode_text, find_marked_encoding
from corpus.errors import RefusedInput
from corpus.fields import overlay_source, parse_source, parse_source_id
from corpus.files import check_regular, describe_limit, read_bytes, refuse_os_error, show_path
from corpus.frontmatter import split_front_matter
from corpus.identity import derive_article_id
from corpus.jsonlines import parse_line, split_lines
from corpus.walking import FoundFile, find_files

MAX_FILE_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article as read, not yet stored.

    Parameters
    ----------
    where : str
        The file as named by the operator, with ``:line`` for a line of a ``.jsonl``.
    text : str
        As it is to be stored.
    source : Source
        What the file and its side-car state.
    source_id : str or None
        The id that the source itself gives the article.
    """

    where: str
    text: str
    source: Source
    source_id: str | None

    @property
    def article_id(self) -> str:
        """Return the id under which the article is stored."""
        file = self.source.file
        return derive_article_id(
            text=self.text,
            url=self.source.url,
            publisher=self.source.publisher,
            source_id=self.source_id,
            file_name=None if file is None else PurePosixPath(file).name,
        )


def read_path(
    path: Path, *, encoding: str | None = None, max_bytes: int = MAX_FILE_BYTES
) -> Iterator[Incoming | RefusedInput]:
    """Read the articles of a file, or of a folder and its sub-folders.

    Parameters
    ----------
    path : pathlib.Path
        A ``.txt``, a ``.md`` with or without front matter, a ``.jsonl`` with one article a line,
        or a folder of such files; see `corpus.walking.find_files`.
    encoding : str or None
        Of files that have no byte order mark and are not UTF-8.
    max_bytes : int
        The largest file, or line of a ``.jsonl``, that is read.

    Returns
    -------
    iterator of Incoming or RefusedInput
        One for each article, in a settled order; what is refused does not touch its neighbours.

    Raises
    ------
    ValueError
        At once, if the encoding is not known or ``max_bytes`` is below 1.
    """
    if encoding is not None:
        check_encoding(encoding)
    if max_bytes < 1:
        raise ValueError(f"max_bytes must be at least 1, not {max_bytes}")
    return _read_found(find_files(path, max_bytes=max_bytes), encoding, max_bytes)


def _read_found(
    found_files: Iterator[FoundFile | RefusedInput], encoding: str | None, max_bytes: int
) -> Iterator[Incoming | RefusedInput]:
    for found in found_files:
        if isinstance(found, RefusedInput):
            yield found
            continue
        try:
            if found.path.suffix.lower() == ".jsonl":
                yield from _read_lines(found, encoding, max_bytes)
            else:
                yield _read_whole(found, encoding, max_bytes)
        except RefusedInput as refusal:
            yield refusal


def _read_whole(found: FoundFile, encoding: str | None, max_bytes: int) -> Incoming:
    """Read a file that is one article."""
    where = show_path(found.path)
    data = read_bytes(found.path, max_bytes=max_bytes)
    text = decode_text(data, where=where, encoding=encoding)
    values: Mapping[str, object] = {}
    if found.path.suffix.lower() == ".md":
        values, text = split_front_matter(text, where=where)
    return _make_incoming(found, values, text, where=where)


def _read_lines(
    found: FoundFile, encoding: str | None, max_bytes: int
) -> Iterator[Incoming | RefusedInput]:
    """Read a file of one article a line; it may be larger than the limit, its lines may not."""
    name = show_path(found.path)
    check_regular(found.path)
    empty = True
    try:
        with found.path.open("rb") as file:
            _check_line_ends(file.read(4), where=name)
            file.seek(0)
            for number, line in split_lines(file, max_bytes=max_bytes):
                empty = False
                try:
                    yield _read_line(found, line, encoding, max_bytes, where=f"{name}:{number}")
                except RefusedInput as refusal:
                    yield refusal
    except OSError as error:
        raise refuse_os_error(name, error) from error
    if empty:
        raise RefusedInput(name, "holds no lines; remove it or fill it")


def _check_line_ends(head: bytes, *, where: str) -> None:
    """Refuse an encoding in which a line feed is more than one byte."""
    marked = find_marked_encoding(head)
    if marked not in {None, "utf-8"}:
        raise RefusedInput(where, f"is {str(marked).upper()}; JSON lines are UTF-8, save it so")


def _read_line(
    found: FoundFile, line: bytes | None, encoding: str | None, max_bytes: int, *, where: str
) -> Incoming:
    if line is None:
        raise RefusedInput(where, f"the line's bytes are {describe_limit(max_bytes)}")
    values = parse_line(line, where=where, encoding=encoding)
    text = values.get("text")
    if not isinstance(text, str):
        raise RefusedInput(where, 'no "text", or not a string; give the article\'s text')
    return _make_incoming(found, values, text, where=where)


def _make_incoming(
    found: FoundFile, values: Mapping[str, object], text: str, *, where: str
) -> Incoming:
    check_text(text, where=where)
    stated = parse_source(values, where=where, kind=BasisKind.METADATA)
    return Incoming(
        where=where,
        text=text,
        source=overlay_source(stated, found.described, file=found.file),
        source_id=parse_source_id(values.get("id"), where=where),
    )
