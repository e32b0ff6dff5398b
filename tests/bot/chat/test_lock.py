"""Two bots on one data directory would answer everything twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.chat.lock import LOCK_NAME, holding_lock
from bot.failures import BUSY, exit_code
from corpus.directory import DataDirectory
from corpus.errors import StoreBusy

HOLD = """
import sys
from pathlib import Path
from bot.chat.lock import holding_lock
from corpus.directory import DataDirectory
with holding_lock(DataDirectory(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_bot_is_refused_and_told_where(tmp_path: Path) -> None:
    with (
        holding_lock(DataDirectory(tmp_path)),
        pytest.raises(StoreBusy, match="another 'quoth run'") as refused,
        holding_lock(DataDirectory(tmp_path)),
    ):
        pytest.fail("both hold the lock")

    assert str(tmp_path / LOCK_NAME) in str(refused.value)
    assert exit_code(refused.value) == BUSY


def test_the_lock_of_a_bot_that_was_killed_is_free(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[3],
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreBusy), holding_lock(DataDirectory(tmp_path)):
            pytest.fail("both hold the lock")
        holder.kill()
        holder.wait()

    with holding_lock(DataDirectory(tmp_path)):
        pass
