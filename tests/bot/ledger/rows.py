"""Rows for tests of the ledger, with the columns that a test does not care about filled in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.ledger.moments import write_moment
from bot.ledger.schema import ANSWERS, CITATIONS, METADATA, REPORTS, REVIEWS
from tests.bot.conversation.desks import CHANNEL, SERVER, START


def add_answer(connection: Connection, key: str, **values: object) -> None:
    """Write an answer: public and sent, unless told otherwise."""
    row = {
        "answer_key": key,
        "server_id": SERVER,
        "collection": f"server-{SERVER}",
        "channel_id": CHANNEL,
        "visibility": "public",
        "state": "sent",
        "asked_at": START,
        "named": False,
        "index_digest": "0123456789abcdef",
        "confidence": 0.5,
        "nearest": "[]",
        "notes": "[]",
        **values,
    }
    connection.execute(insert(ANSWERS).values(_write_moments(row)))


def add_citation(connection: Connection, answer_key: str, **values: object) -> None:
    """Write a citation of an answer."""
    row = {
        "answer_key": answer_key,
        "rank": 1,
        "place": 0,
        "article_id": "harbour",
        "version": 1,
        "sha256": "0" * 64,
        "start": 0,
        "end": 10,
        "kind": "body",
        "score": 1.0,
        "context": "[]",
        "source_revision": 1,
        **values,
    }
    connection.execute(insert(CITATIONS).values(row))


def add_report(connection: Connection, key: str, answer_key: str, **values: object) -> None:
    """Write a report: open, unless told otherwise."""
    row = {
        "report_key": key,
        "server_id": SERVER,
        "answer_key": answer_key,
        "kind": "report",
        "opened_at": START,
        "state": "open",
        **values,
    }
    connection.execute(insert(REPORTS).values(_write_moments(row)))


def add_review(connection: Connection, key: str, report_key: str, **values: object) -> None:
    """Write a review of a report."""
    row = {
        "review_key": key,
        "report_key": report_key,
        "decision": "good",
        "decided_at": START,
        **values,
    }
    connection.execute(insert(REVIEWS).values(_write_moments(row)))


def dump_ledger(connection: Connection) -> str:
    """Return every value of every table of the ledger."""
    tables = (connection.execute(select(table)) for table in METADATA.sorted_tables)
    return "\n".join(str(tuple(row)) for rows in tables for row in rows)


def _write_moments(row: dict[str, object]) -> dict[str, object]:
    return {
        name: write_moment(value) if isinstance(value, datetime) else value
        for name, value in row.items()
    }
