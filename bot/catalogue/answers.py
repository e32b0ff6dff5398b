"""What Quoth says about an answer, its quotes and its silence."""

from __future__ import annotations

from bot.catalogue.lines import Line, Sentence, Template
from bot.catalogue.parameters import ArticleId, Collection, Count, Number, QuestionWords
from retrieval.answer import MAX_QUESTION_CHARS, NoteKind, Reason


class AnswerSentence(Sentence):
    """All that is said around quotes, wherever they are shown."""

    # Labels
    QUESTION = Template("Question:")
    SEARCHED_FOR = Template("Searched for:")
    COLLECTION = Template("Collection: {}", (Collection,))
    QUOTE_NUMBER = Template("[{}]", (Number,))
    CONTEXT = Template("Context:")
    QUOTE = Template("Quote:")
    SAID_BY = Template("Said by:")
    ALSO_IN = Template("Same words also in:")
    NEARLY = Template("In nearly the same words also in:")
    NEAREST = Template("Nearest sources, which may not answer it:")
    SOURCE = Template("Source:")
    FILE = Template("File:")
    PLACE = Template(
        "Article {}, version {}, characters {} to {}", (ArticleId, Number, Number, Number)
    )

    # About a source
    NO_TITLE = Template("No title given")
    NO_DATE = Template("No date given")

    # About quotes
    CAPTION = Template("Picture caption.")
    SAMPLE = Template("Sample article written to try Quoth out, not a news source.")
    UNSHOWABLE = Template(
        "These words hold characters that cannot be shown here; read them at the source."
    )
    UNVERIFIED = Template("A source could not be verified; what it says is not shown.")
    FIGURES_DIFFER = Template("Figures differ. Compare what each one counts, and when:")
    RESPONSE = Template("Response of the other side.")
    NO_RESPONSE = Template(
        "No response to this by the other side was found in these {} articles; "
        "there may be one elsewhere.",
        (Count,),
        for_one="No response to this by the other side was found in the {} article searched; "
        "there may be one elsewhere.",
    )
    WORDING_VARIES = Template("The wording of this quotation varies among the copies.")
    ARTICLES = Template(
        "These quotes and their copies stand in {} articles.",
        (Count,),
        for_one="These quotes and their copies stand in {} article.",
    )
    ORIGINS = Template("Origins named in these articles: {}.", (Count,))

    # About the search
    PART_UNANSWERED = Template("Question {} of this message: no answer was found.", (Number,))
    PUBLISHER_ONLY = Template(
        "Only the {} articles of the publisher named in the question were searched.",
        (Count,),
        for_one="Only the {} article of the publisher named in the question was searched.",
    )
    STARTER = Template(
        "Your collection is empty: this is from the starter articles that come with Quoth."
    )
    UNDATED_LEFT_OUT = Template(
        "{} articles without a date were left out.",
        (Count,),
        for_one="{} article without a date was left out.",
    )

    # Silence
    NO_MATCH = Template("No answer: nothing in the articles matches the question.")
    NOT_THIS_FACT = Template(
        "No answer: the articles come near the subject, but nothing found in them states this."
    )
    OFF_TOPIC = Template("No answer: the articles do not seem to be about this.")
    ONLY_STOP_WORDS = Template(
        "No answer: the question holds only words that every text holds; name what it is about."
    )
    LANGUAGE = Template("No answer: the question does not seem to be in the articles' language.")
    NOT_A_QUESTION = Template(
        "No answer: Quoth only quotes articles, and found nothing to quote for this message."
    )
    TOO_LONG = Template(
        "No answer: the question is too long; ask it in at most {} characters.", (Count,)
    )
    WORDS_NOT_FOUND = Template("Words not found in the articles: {}", (QuestionWords,))


NOTES = {
    NoteKind.CAPTION: AnswerSentence.CAPTION,
    NoteKind.NO_DATE: AnswerSentence.NO_DATE,
    NoteKind.SAMPLE: AnswerSentence.SAMPLE,
    NoteKind.STARTER: AnswerSentence.STARTER,
    NoteKind.UNDATED_LEFT_OUT: AnswerSentence.UNDATED_LEFT_OUT,
    NoteKind.UNVERIFIED: AnswerSentence.UNVERIFIED,
    NoteKind.FIGURES_DIFFER: AnswerSentence.FIGURES_DIFFER,
    NoteKind.RESPONSE: AnswerSentence.RESPONSE,
    NoteKind.NO_RESPONSE: AnswerSentence.NO_RESPONSE,
    NoteKind.WORDING_VARIES: AnswerSentence.WORDING_VARIES,
    NoteKind.ARTICLES: AnswerSentence.ARTICLES,
    NoteKind.ORIGINS: AnswerSentence.ORIGINS,
    NoteKind.PART_UNANSWERED: AnswerSentence.PART_UNANSWERED,
    NoteKind.PUBLISHER_ONLY: AnswerSentence.PUBLISHER_ONLY,
}
REASONS = {
    Reason.NO_MATCH: Line(AnswerSentence.NO_MATCH),
    Reason.NOT_THIS_FACT: Line(AnswerSentence.NOT_THIS_FACT),
    Reason.OFF_TOPIC: Line(AnswerSentence.OFF_TOPIC),
    Reason.ONLY_STOP_WORDS: Line(AnswerSentence.ONLY_STOP_WORDS),
    Reason.LANGUAGE: Line(AnswerSentence.LANGUAGE),
    Reason.NOT_A_QUESTION: Line(AnswerSentence.NOT_A_QUESTION),
    Reason.TOO_LONG: Line(AnswerSentence.TOO_LONG, (Count(MAX_QUESTION_CHARS),)),
}


def note_line(kind: NoteKind, count: int | None) -> Line:
    """Return what is said for a kind of note; ``count`` is its number where it has one."""
    if count is None:
        return Line(NOTES[kind])
    is_count = NOTES[kind].template.takes == (Count,)
    return Line(NOTES[kind], (Count(count) if is_count else Number(count),))
