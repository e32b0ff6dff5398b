"""Judges each request by Discord's published API description."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.discord_server.schema import Schema, Validator

JSON = "application/json"


class Judge:
    """Knows which routes there are and what they take."""

    def __init__(self, description: dict[str, Any]) -> None:
        self._validator = Validator(description["components"]["schemas"])
        # Routes with fixed words first: ``@original`` is no message id.
        ordered = sorted(description["paths"].items(), key=lambda item: item[0].count("{"))
        self._routes = [(to_pattern(path), operations) for path, operations in ordered]

    def find_errors(
        self, method: str, path: str, *, query: Mapping[str, str], payload: Any
    ) -> Iterator[str]:
        """Yield a sentence for each departure of a request from the description."""
        operations = self._find_route(path)
        operation = operations.get(method.lower()) if operations else None
        if operations is None or operation is None:
            yield f"{method} {path}: there is no such route"
            return
        known = [*operations.get("parameters", []), *operation.get("parameters", [])]
        unknown = query.keys() - {each["name"] for each in known if each["in"] == "query"}
        if unknown:
            yield f"query: {sorted(unknown)} not described"
        body = operation.get("requestBody")
        if payload is None:
            if body and body.get("required"):
                yield "body: is required"
        elif body is None:
            yield "body: none is described"
        else:
            yield from self._validator.find_errors(body["content"][JSON]["schema"], payload)

    def find_response_errors(self, method: str, path: str, payload: Any) -> Iterator[str]:
        """Yield a sentence for each departure of an answer; keeps the stand-in true."""
        operations = self._find_route(path)
        if operations is None:
            raise ValueError(f"no route {path}")
        content: Schema = operations[method.lower()]["responses"]["200"]["content"]
        yield from self._validator.find_errors(content[JSON]["schema"], payload)

    def _find_route(self, path: str) -> dict[str, Any] | None:
        found = (each for pattern, each in self._routes if pattern.fullmatch(path))
        return next(found, None)


def to_pattern(path: str) -> re.Pattern[str]:
    """Return a pattern for a path with names in braces."""
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))


@functools.cache
def load_judge(path: Path) -> Judge | None:
    """Return the judge by that description, or none where the file is absent."""
    if not path.is_file():
        return None
    return Judge(json.loads(path.read_text(encoding="utf-8")))
