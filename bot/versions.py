"""Which versions are installed, as the packages themselves say."""

# ruff: noqa: PLC0415 - slow modules wait until they are needed

from __future__ import annotations


def installed_version(distribution: str) -> str:
    """Return the version of an installed distribution, or that it is not installed."""
    from importlib import metadata  # slow to import; only --version and doctor need it

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "not installed"
