"""What the chat must remember: answers given, citations, reports, settings, sweeps, the audit log.

Decisions
---------
The tables stand in ``quoth.db`` beside those of the corpus, with a schema version of their own, so
that withdrawing an article, its audit row and its sweep are one commit. Every function takes the
caller's connection, from `corpus.store.ArticleStore.transaction` or ``reading``.

A citation is a selector: article version, offsets and hash, never words. What is shown is sliced
from the stored version each time, so a purge leaves nothing quotable behind.

Members stand in rows as random keys (`bot.ledger.members`); forgetting a member is deleting one
row. The audit log is append-only, and each of its rows holds the hash of the row before.

Times are ISO 8601 in UTC, to the second, as the corpus writes them; ids of Discord are integers.
"""
