"""What stops ``quoth run`` before it starts: one line, and never a character of a token."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.settings import load_settings


def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, token: str | None) -> Result:
    """Run the command with a token."""
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    if token is not None:
        monkeypatch.setenv("DISCORD_TOKEN", token)
    monkeypatch.setenv("QUOTH_DATA", str(tmp_path / "data"))
    return CliRunner().invoke(cli, ["run"])


@pytest.mark.parametrize("token", [None, "", "  "])
def test_a_missing_token_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, token: str | None
) -> None:
    result = run(monkeypatch, tmp_path, token)

    assert result.exit_code == 2
    assert "DISCORD_TOKEN is not set" in result.output
    assert len(result.output.splitlines()) == 1
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("token", ["two words", "line\nend", "h\u00e9h\u00e9", "tab\there"])
def test_what_can_be_no_token_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, token: str
) -> None:
    result = run(monkeypatch, tmp_path, token)

    assert result.exit_code == 2
    assert "copy it again" in result.output
    assert token not in result.output


def test_the_token_may_stand_in_the_file_and_is_never_printed(tmp_path: Path) -> None:
    file = tmp_path / "quoth.toml"
    file.write_text('discord_token = "from-the-file"\n', "utf-8")

    settings = load_settings({"QUOTH_CONFIG": str(file)})

    assert settings.discord_token == "from-the-file"  # noqa: S105 - of nobody
    assert "from-the-file" not in repr(settings)
    assert load_settings({"DISCORD_TOKEN": " mine\n"}).discord_token == "mine"  # noqa: S105 - too
