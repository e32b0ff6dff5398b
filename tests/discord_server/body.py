"""What a request carries: JSON, or a form with JSON and files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.discord_server.refusals import Refused


@dataclass(frozen=True)
class File:
    """A file of a form; ``index`` is the n of ``files[n]``."""

    index: int
    filename: str
    data: bytes


@dataclass(frozen=True)
class Body:
    """A request's JSON (None if there is none) and its files."""

    payload: Any = None
    files: list[File] = field(default_factory=list)


async def read_body(request: web.Request) -> Body:
    """Read a request's body."""
    if request.content_type == "multipart/form-data":
        return await read_form(request)
    raw = await request.read()
    if not raw:
        return Body()
    try:
        return Body(json.loads(raw))
    except ValueError:
        raise Refused(50109, status=400, detail="invalid JSON") from None


async def read_form(request: web.Request) -> Body:
    """Read a form of ``payload_json`` and ``files[n]``."""
    payload: Any = {}
    files = []
    for name, value in (await request.post()).items():
        if name == "payload_json":
            text = value if isinstance(value, str) else value.file.read().decode()
            payload = json.loads(text)
        elif isinstance(value, web.FileField):
            index = int(name.removeprefix("files[").removesuffix("]"))
            files.append(File(index, value.filename, value.file.read()))
    return Body(payload, files)
