"""A small corpus of our own, laid out like the labelled data and like the made-up news."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

TOWNS = "Varnholm Osterwick Kelby Brimford Tarnstad Holmouth Sundness Ellerfield".split()
ARTICLE = (
    "The harbour of {town} was dug in {year} by prisoners, as its chronicle tells.",
    "Every spring the people of {town} elect a keeper of the {year} lamps on the pier.",
)
SHIPS = "Arvid Brunhild Cordula Dagny Egil Frida Gunnar Hedda".split()
CARGOES = "salt herring timber coal wool barley bricks tar".split()
VOYAGE = "The {ship} carried {cargo} when she left on Friday. It was her last voyage this year.\n"
NEWS = "The harbour board of Marwick counted 54 cranes on Monday. It will sell twelve of them.\n"


def write_shared(shared: Path) -> Path:
    """Write what lies beside the project, about towns that do not exist; return the folder."""
    passages, questions = [], []
    for number, town in enumerate(TOWNS):
        for part, text in enumerate(ARTICLE):
            key = 2 * number + part
            year = str(1700 + number)
            passages.append({"id": key, "title": town, "text": text.format(town=town, year=year)})
            asked = f"Which year is told of {town}, part {part}?"
            questions.append(
                {"id": f"W{key}", "set": "s", "question": asked, "gold_passage": key}
                | {"answers": [year]}
            )
    _write_gzip(shared / "wiki" / "wiki_passages.jsonl.gz", passages)
    _write_gzip(shared / "wiki" / "wiki_questions.jsonl.gz", questions)
    (shared / "seeds").mkdir()
    (shared / "seeds" / "cranes.txt").write_text(NEWS, "utf-8")
    gold = {"file": "cranes.txt", "start": 0, "end": NEWS.index(" It"), "grade": 2}
    asked = {"id": "D1", "question": "How many cranes were counted?", "type": "numeric"}
    other = {"id": "D2", "question": "Who sells zebras?", "type": "unanswerable"}
    lines = [
        asked | {"answerable": True, "gold": [gold]},
        other | {"answerable": False, "gold": []},
    ]
    (shared / "gold").mkdir()
    (shared / "gold" / "questions_dev.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return shared


def write_press(folder: Path) -> Path:
    """Write an article a ship, with a question that it answers and one that none does."""
    lines = []
    (folder / "articles").mkdir()
    for number, ship in enumerate(SHIPS):
        file, text = f"{ship}.txt", VOYAGE.format(ship=ship, cargo=CARGOES[number])
        (folder / "articles" / file).write_text(text, "utf-8")
        gold = {"file": file, "start": 0, "end": text.index(" It"), "grade": 2}
        asked = {"id": f"P{number}", "question": f"What did the {ship} carry?", "kind": "what"}
        lines.append(asked | {"answerable": True, "gold": [gold]})
        asked = {"id": f"N{number}", "question": f"Who stole the anchor of the {ship}?"}
        lines.append(asked | {"answerable": False, "gold": []})
    (folder / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return folder


def _write_gzip(path: Path, records: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress("".join(json.dumps(one) + "\n" for one in records).encode()))
