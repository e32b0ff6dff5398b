"""``quoth labels``: what moderators decided, as questions by which Quoth is measured."""

# ruff: noqa: D301, PLC0415 - click knows examples by \b; slow modules wait for the command to run

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from bot.commands.context import announce, current_directory, existing_store
from bot.commands.options import data_option

if TYPE_CHECKING:
    from bot.ledger.labels import Label


@click.command("labels", short_help="Print the questions that moderators labelled.")
@click.option("--server", "server_id", type=int, metavar="ID", help="Only those of this server.")
@data_option
def command(*, server_id: int | None) -> None:
    """Print labelled questions for quoth eval, one JSON object a line.

    A moderator who decides that a passage is wrong says which other one is right, or that none is;
    who decides that silence was right says so too. Every server has a collection of its own, and a
    file for eval is about one: name a --server that asks it.

    \b
    Example:
      quoth labels --server 900000000000000001 > labels.jsonl
    """
    from bot.ledger.following import has_ledger
    from bot.ledger.labels import labels

    with existing_store(current_directory()).reading() as connection:
        found = list(labels(connection, server_id)) if has_ledger(connection) else []
    for label in found:
        if label.stands:
            click.echo(json.dumps(_to_json(label)))
    left_out = sum(not label.stands for label in found)
    if left_out:
        announce(f"{left_out} labels are left out: their articles were withdrawn or corrected.")


def _to_json(label: Label) -> dict[str, object]:
    """Return a label as `retrieval.measuring.labelled` reads it."""
    from retrieval.measuring.labelled import ANSWERING_GRADE

    line: dict[str, object] = {
        "id": label.key,
        "question": label.question,
        "answerable": label.span is not None,
    }
    if label.asked is not None:
        line["asked"] = label.asked
    if label.span is not None:
        place = {"article_id": label.article_id, "start": label.span.start, "end": label.span.end}
        line["gold"] = [{**place, "grade": ANSWERING_GRADE}]
    return line
