"""An answer's quotes as they are looked at closer, and the articles they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.conversation.desk import Desk
from bot.conversation.recalling import Recalled, recall
from bot.ledger.records import AnswerRecord, Citation
from bot.rendering.answer_screen import ranks_on_page
from bot.rendering.compose import compose_message
from bot.rendering.message import QuoteView
from corpus.store import CitedArticle
from retrieval.answer import Quote


@dataclass(frozen=True, slots=True)
class Opened:
    """An answer with its articles, both as of one moment.

    Parameters
    ----------
    recalled : Recalled
    articles : mapping of str to CitedArticle
        By article id; what is not stored is not there.
    """

    recalled: Recalled
    articles: Mapping[str, CitedArticle]

    def text(self, quote: Quote) -> str:
        """Return the text that a standing quote is sliced from."""
        text = self.articles[quote.article_id].text
        assert text is not None  # else the quote would not stand
        return text

    def shown(self, page: int) -> tuple[tuple[Quote, QuoteView], ...]:
        """Return the standing quotes of a page, named by its first rank, and how each is shown."""
        answer = self.recalled.answer(ranks_on_page(self.recalled, page=page))
        if answer is None:
            return ()
        return tuple(zip(answer.quotes, compose_message(answer).quotes, strict=True))

    def cited(self, rank: int) -> Citation:
        """Return the selector of a quote."""
        return next(
            citation
            for citation in self.recalled.record.citations
            if (citation.rank, citation.place) == (rank, 0)
        )


def open_answer(desk: Desk, connection: Connection, record: AnswerRecord) -> Opened:
    """Return an answer as it stands now, with the articles of its quotes."""
    quoted = {citation.article_id for citation in record.citations if citation.place == 0}
    articles = desk.store.cited(connection, record.collection, quoted) if quoted else {}
    return Opened(recall(desk, connection, record), articles)
