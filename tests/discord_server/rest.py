"""The REST door: every request is recorded, judged, refused or broken as planned, then served."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.discord_server.body import Body, read_body
from tests.discord_server.faults import Fault, Faults
from tests.discord_server.judge import Judge, to_pattern
from tests.discord_server.refusals import Refused
from tests.discord_server.state import State

PREFIX = "/api/v10"
# These carry a token of their own in the path.
WITHOUT_TOKEN = ("/interactions/", "/webhooks/")


@dataclass(frozen=True)
class Violation:
    """A request that Discord, or one of our promises, forbids."""

    method: str
    path: str
    why: str


@dataclass(eq=False)
class Request:
    """One request of the bot, as the routes read it."""

    method: str
    path: str
    query: dict[str, str]
    body: Body
    ids: dict[str, str] = field(default_factory=dict)
    route: str = ""
    at: float = field(default_factory=time.monotonic)
    status: int | None = None

    @property
    def payload(self) -> dict[str, Any]:
        """The JSON object, or an empty one."""
        return self.body.payload or {}

    def id(self, name: str) -> int:
        """Return an id of the path."""
        try:
            return int(self.ids[name])
        except ValueError:
            raise Refused(50035, detail=f"{name} is no snowflake") from None


Handler = Callable[[Request], Any]
Route = tuple[str, str, Handler]


class Rest:
    """Finds the route of a request and answers it, with all that may go wrong before."""

    def __init__(self, state: State, faults: Faults, judge: Judge | None) -> None:
        self._state, self._faults, self._judge = state, faults, judge
        self._routes: list[tuple[str, Any, str, Handler]] = []
        self.requests: list[Request] = []
        self.violations: list[Violation] = []
        self.pings: list[Request] = []
        self._in_flight: list[str] = []

    def add_routes(self, routes: list[Route]) -> None:
        """Serve these; an earlier route wins."""
        for method, path, handler in routes:
            self._routes.append((method, to_pattern(path), path, handler))

    def is_busy_with(self, token: str) -> bool:
        """Whether a request with that interaction's token is under way."""
        return any(token in path for path in self._in_flight)

    async def handle(self, raw: web.Request) -> web.StreamResponse:
        """Serve one request."""
        path = raw.path.removeprefix(PREFIX)
        self._in_flight.append(path)
        try:
            body = await read_body(raw)
            request = Request(raw.method, path, dict(raw.query), body)
            self.requests.append(request)
            return await self._answer(raw, request)
        except Refused as refused:
            return json_response(refused.to_json(), status=refused.status)
        finally:
            self._in_flight.remove(path)
            self._state.notices.notify()

    async def _answer(self, raw: web.Request, request: Request) -> web.StreamResponse:
        fault = self._faults.take(request.method, request.path)
        if fault is not None and not (fault.delay or fault.takes_effect):
            return await self._break(raw, request, fault)
        try:
            response = to_response(self._serve(raw, request))
        except Refused as refused:
            response = json_response(refused.to_json(), status=refused.status)
        request.status = response.status
        if fault is not None:
            # What the request did can be seen at once, though its answer comes late or never.
            self._state.notices.notify()
            await asyncio.sleep(fault.delay)
            if fault.drop:
                return await self._break(raw, request, fault)
        response.headers.update(limit_headers(request))
        return response

    async def _break(self, raw: web.Request, request: Request, fault: Fault) -> web.StreamResponse:
        if fault.drop:
            return await break_off(raw)
        if fault.retry_after is not None:
            response = limit_rate(fault.retry_after, is_global=fault.is_global)
        else:
            assert fault.refusal is not None
            response = json_response(fault.refusal.to_json(), status=fault.refusal.status)
        request.status = response.status
        return response

    def _serve(self, raw: web.Request, request: Request) -> Any:
        is_free = request.path.startswith(WITHOUT_TOKEN)
        if not is_free and raw.headers.get("Authorization") != f"Bot {self._state.token}":
            raise Refused(0)
        self._judge_request(request)
        return self._find_handler(request)(request)

    def _find_handler(self, request: Request) -> Handler:
        for method, pattern, path, handler in self._routes:
            found = pattern.fullmatch(request.path) if method == request.method else None
            if found:
                parts = zip(path.split("/"), request.path.split("/"), strict=True)
                request.ids = {name[1:-1]: value for name, value in parts if name.startswith("{")}
                request.route = path
                return handler
        self.object_all(request, ["the stand-in does not serve this route"])
        raise AssertionError

    def _judge_request(self, request: Request) -> None:
        if self._judge is None:
            return
        errors = self._judge.find_errors(
            request.method, request.path, query=request.query, payload=request.body.payload
        )
        self.object_all(request, errors)

    def object_all(self, request: Request, faults: Iterable[str]) -> None:
        """Note each fault as a violation, and refuse the request if there is one."""
        found = list(faults)
        self.violations += [Violation(request.method, request.path, why) for why in found]
        if found:
            raise Refused(50035, detail="; ".join(found))


def json_response(
    payload: Any, *, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    """Return JSON as Discord does, with no charset after its type: discord.py compares exactly."""
    headers = {**(headers or {}), "Content-Type": "application/json"}
    return web.Response(body=json.dumps(payload).encode(), status=status, headers=headers)


def to_response(answer: Any) -> web.Response:
    """Return a route's answer as Discord sends it: nothing is 204."""
    return web.Response(status=204) if answer is None else json_response(answer)


def limit_headers(request: Request) -> dict[str, str]:
    """Return the headers of a bucket that is never empty; 429 comes from planned faults only."""
    bucket = hashlib.sha256(f"{request.method} {request.route}".encode()).hexdigest()[:16]
    return {
        "X-RateLimit-Limit": "10000",
        "X-RateLimit-Remaining": "9999",
        "X-RateLimit-Reset-After": "1",
        "X-RateLimit-Reset": str(time.time() + 1),
        "X-RateLimit-Bucket": bucket,
    }


def limit_rate(retry_after: float, *, is_global: bool) -> web.Response:
    """Return Discord's 429; clients tell it by ``Via`` from one of the network before Discord."""
    body = {"message": "You are being rate limited.", "retry_after": retry_after}
    headers = {"Retry-After": str(max(1, round(retry_after))), "Via": "1.1 google"}
    headers["X-RateLimit-Scope"] = "global" if is_global else "user"
    if is_global:
        headers["X-RateLimit-Global"] = "true"
    return json_response({**body, "global": is_global}, status=429, headers=headers)


async def break_off(raw: web.Request) -> web.StreamResponse:
    """Begin an answer and cut the line."""
    response = web.StreamResponse(headers={"Content-Length": "100"})
    response.content_type = "application/json"
    await response.prepare(raw)
    await response.write(b'{"id": ')
    if raw.transport is not None:
        raw.transport.abort()
    return response
