"""Train the models that ship, print the cross-validated figures, write the models."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from retrieval.models import MODELS_PATH, checksum
from retrieval.training.examples import read_data
from retrieval.training.fitting import describe
from retrieval.training.folds import FOLDS, train

# From this probability on Quoth answers.
THRESHOLD = 0.2


def main() -> None:
    """Train, print the cross-validated figures, write the models."""
    parser = argparse.ArgumentParser(description="Train the models that ship.")
    parser.add_argument(
        "folders",
        nargs="+",
        type=Path,
        help="each with labelled questions.jsonl, and articles.jsonl or a folder articles",
    )
    parser.add_argument(
        "--origin", required=True, help="where the questions come from, with their licence"
    )
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="answer from here on")
    parser.add_argument("--output", type=Path, default=MODELS_PATH)
    arguments = parser.parse_args()
    sets = [read_data(folder, n_folds=FOLDS) for folder in arguments.folders]
    trained = train(sets, threshold=arguments.threshold)
    for name, figure in trained.figures.items():
        print(f"{name}: {figure}")  # noqa: T201 - this command prints its figures
    content = describe(trained.models, origin=arguments.origin, figures=trained.figures)
    written = {"models": content, "sha256": checksum(content)}
    arguments.output.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
