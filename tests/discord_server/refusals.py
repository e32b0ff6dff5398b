"""Discord's refusals: status, code and sentence, as its documentation lists them."""

from __future__ import annotations

KNOWN = {
    0: (401, "401: Unauthorized"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    10066: (404, "Unknown application command permissions"),
    # Seen in the wild with status 429 and without the header that marks an ordinary rate limit.
    30046: (429, "Maximum number of edits to messages older than 1 hour reached. Try again later"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    160002: (400, "Cannot reply without permission to read message history"),
}


class Refused(Exception):
    """A request that Discord would refuse."""

    def __init__(self, code: int, *, status: int | None = None, detail: str = "") -> None:
        known_status, message = KNOWN.get(code, (400, "Refused"))
        self.code = code
        self.status = status or known_status
        self.message = f"{message}: {detail}" if detail else message
        super().__init__(self.message)

    def to_json(self) -> dict[str, object]:
        """Return the body of the answer."""
        return {"code": self.code, "message": self.message}
