"""What Quoth says to a member about what it keeps of them, and about deleting it."""

from __future__ import annotations

from bot.catalogue.lines import Sentence, Template
from bot.catalogue.parameters import Count, Day


class PrivacySentence(Sentence):
    """All that ``/privacy`` shows."""

    TITLE = Template("What is kept about you on this server")
    NOTHING = Template("Nothing is kept about you on this server.")
    QUESTIONS = Template(
        "{} questions you asked, with who asked them",
        (Count,),
        for_one="{} question you asked, with who asked it",
    )
    REPORTS = Template(
        "{} reports or questions you sent to the moderators",
        (Count,),
        for_one="{} report or question you sent to the moderators",
    )
    OLDEST = Template("The oldest of them is of {}.", (Day,))
    ONLY_A_KEY = Template("A random key that stands for you, and no question.")
    RETENTION = Template(
        "Questions, reports and who wrote them are erased after {} days. Private answers go too.",
        (Count,),
        for_one=(
            "Questions, reports and who wrote them are erased after {} day. Private answers go too."
        ),
    )
    ANSWERS_STAY = Template(
        "After that, Quoth still knows which passages an answer in a channel quotes, so that it "
        "can correct it. It no longer knows who asked, or what."
    )
    AUDIT = Template(
        "The record of who did what names you by a random key. Deleting your data deletes what "
        "the key stands for, so that it names nobody."
    )
    NOT_READ = Template(
        "Quoth reads no messages but those that mention it or are chosen in its menus."
    )
    DELETE = Template("Delete my data")

    # Deleting
    DELETE_ASK = Template(
        "Delete what is kept about you on this server? Your questions, your notes to moderators "
        "and your name go, in answers posted in channels too. You can no longer delete or rename "
        "those answers yourself. This cannot be undone."
    )
    DELETE_YES = Template("Delete it all")
    KEEP = Template("Keep it")
    DELETED = Template("Your data on this server is deleted.")
    DELETED_POSTED = Template(
        "{} answers posted in channels will be shown without your question and name.",
        (Count,),
        for_one="{} answer posted in a channel will be shown without your question and name.",
    )
