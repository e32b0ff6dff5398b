"""A source record as one line of JSON, and back, with nothing lost."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from corpus.article import Basis, BasisKind, Precision, Source, Span

_TEXTS = ("title", "publisher", "author", "url", "language", "file")


def source_to_json(source: Source) -> str:
    """Return the JSON of a source record: known fields only, and equal for equal records."""
    record: dict[str, Any] = {name: getattr(source, name) for name in _TEXTS}
    if source.published is not None:
        record["published"] = source.published.isoformat()
    record["published_precision"] = source.published_precision
    record["basis"] = {name: _basis_to_data(basis) for name, basis in source.basis.items()}
    known = {name: value for name, value in record.items() if value is not None}
    return json.dumps(known, sort_keys=True)


def source_from_json(line: str) -> Source:
    """Return the source record that a line of JSON describes.

    Raises
    ------
    ValueError
        If the line is not one that `source_to_json` makes.
    """
    try:
        record = json.loads(line)
        published = record.get("published")
        precision = record.get("published_precision")
        return Source(
            **{name: record.get(name) for name in _TEXTS},
            published=None if published is None else date.fromisoformat(published),
            published_precision=None if precision is None else Precision(precision),
            basis={name: _basis(data) for name, data in record.get("basis", {}).items()},
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a source record: {error}") from error


def _basis_to_data(basis: Basis) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": basis.kind, "note": basis.note}
    if basis.span is not None:
        data["span"] = [basis.span.start, basis.span.end]
    return data


def _basis(data: dict[str, Any]) -> Basis:
    span = data.get("span")
    return Basis(
        kind=BasisKind(data["kind"]),
        note=data["note"],
        span=None if span is None else Span(*span),
    )
