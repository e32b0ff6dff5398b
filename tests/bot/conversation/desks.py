"""A desk with a server or two, for tests of what the chat says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.conversation.actors import Actor
from bot.conversation.desk import Desk
from bot.conversation.indexes import Indexes
from bot.ledger import servers
from bot.ledger.schema import LEDGER_SCHEMA
from bot.settings import load_settings
from corpus.article import Precision, Source
from corpus.directory import DataDirectory
from tests.stores import open_store, read_files, write_files
from tests.stories import FERRY, HARBOUR

SERVER, OTHER_SERVER = 900_000_000_000_000_001, 900_000_000_000_000_002
CHANNEL, OTHER_CHANNEL = 910_000_000_000_000_001, 910_000_000_000_000_002
ASKER, STRANGER = 920_000_000_000_000_001, 920_000_000_000_000_002
MODERATOR, OTHER_MODERATOR = 920_000_000_000_000_003, 920_000_000_000_000_004
ADMINISTRATOR = 920_000_000_000_000_005
MODERATOR_ROLE = 930_000_000_000_000_001
MESSAGE = 940_000_000_000_000_001
START = datetime(2024, 5, 1, 12, tzinfo=UTC)

# Article id -> text; the title names it, and both are dated.
ARTICLES = {"harbour": HARBOUR, "ferry": FERRY}


@dataclass(slots=True)
class Clock:
    """A clock that stands still until a test moves it."""

    moment: datetime = START

    def __call__(self) -> datetime:
        """Return the moment it stands at."""
        return self.moment

    def pass_time(self, **duration: float) -> None:
        """Move on, by days, hours, minutes or seconds."""
        self.moment += timedelta(**duration)


@dataclass(slots=True)
class Keys:
    """Keys that count: ``key-0001``, ``key-0002`` and so on."""

    numbers: count[int] = field(default_factory=lambda: count(1))

    def __call__(self) -> str:
        """Return the next key."""
        return f"key-{next(self.numbers):04}"


def make_desk(
    folder: Path,
    *,
    articles: Mapping[str, str] = ARTICLES,
    clock: Clock | None = None,
) -> Desk:
    """Return a desk at an empty data directory, with `SERVER` joined and articles in its corpus."""
    directory, clock = DataDirectory(folder / "data"), clock or Clock()
    write_files(directory.root, _stock_data(tuple(articles.items()), clock()))
    return _open_desk(directory, clock)


@lru_cache(maxsize=32)  # more than one file's tests ask for
def _stock_data(articles: tuple[tuple[str, str], ...], moment: datetime) -> dict[str, bytes]:
    """Return the files of a data directory where `SERVER` has joined and has articles."""
    with TemporaryDirectory() as folder:
        directory = DataDirectory(Path(folder) / "data")
        join_server(_open_desk(directory, Clock(moment)), SERVER, articles=dict(articles))
        return read_files(directory.root)


def _open_desk(directory: DataDirectory, clock: Clock) -> Desk:
    store = open_store(directory, [LEDGER_SCHEMA])
    settings = load_settings({"QUOTH_DATA": str(directory.root)})
    return Desk(directory, store, Indexes(directory), settings, clock, Keys())


def join_server(desk: Desk, server_id: int, *, articles: Mapping[str, str] = ARTICLES) -> str:
    """Let Quoth join a server, and return its collection, filled and indexed."""
    with desk.store.transaction() as connection:
        collection = servers.join(connection, server_id, at=desk.now()).collection
    add_articles(desk, collection, articles)
    return collection


def add_articles(desk: Desk, collection: str, articles: Mapping[str, str]) -> None:
    """Add texts by article id, or new versions of them, and build the index."""
    with desk.store.transaction() as connection:
        for article_id, text in articles.items():
            desk.store.add(
                connection,
                collection=collection,
                article_id=article_id,
                text=text,
                source=source_of(article_id),
                at=desk.now(),
                by="test",
            )
    desk.indexes.open(collection)


def source_of(article_id: str) -> Source:
    """Return the source record that an article of a test has."""
    return Source(
        title=f"About the {article_id}",
        publisher="Varnholm Courier",
        published=date(2024, 4, 30),
        published_precision=Precision.DAY,
        url=f"https://example.org/{article_id}",
        file=f"{article_id}.txt",
    )


def set_server(desk: Desk, server_id: int = SERVER, **settings: object) -> None:
    """Change some of a server's settings."""
    with desk.store.transaction() as connection:
        known = servers.find(connection, server_id)
        assert known is not None
        changed = replace(known.settings, **settings)  # type: ignore[arg-type]
        servers.save_settings(connection, server_id, changed)


def member(user_id: int = ASKER, *, server_id: int = SERVER, channel_id: int = CHANNEL) -> Actor:
    """Return somebody without any permission."""
    return Actor(server_id, channel_id, user_id)


def stranger(*, server_id: int = SERVER) -> Actor:
    """Return another member without any permission."""
    return member(STRANGER, server_id=server_id)


def moderator(user_id: int = MODERATOR, *, server_id: int = SERVER) -> Actor:
    """Return somebody with Manage Messages."""
    return replace(member(user_id, server_id=server_id), manage_messages=True)


def administrator(*, server_id: int = SERVER) -> Actor:
    """Return somebody with Manage Server."""
    return replace(member(ADMINISTRATOR, server_id=server_id), manage_server=True)


def change_articles(desk: Desk, action: str, article_ids: Sequence[str]) -> None:
    """Withdraw, restore or purge articles of `SERVER`, and build the index."""
    collection = f"server-{SERVER}"
    with desk.store.transaction() as connection:
        for article_id in article_ids:
            getattr(desk.store, action)(
                connection, collection, article_id, reason="for a test", at=desk.now(), by="test"
            )
    desk.indexes.open(collection)
