"""What Quoth says to administrators about adding, withdrawing and restoring articles."""

from __future__ import annotations

from enum import StrEnum

from bot.catalogue.lines import Sentence, Template
from bot.catalogue.parameters import ArticleId, Collection, Count, Number


class WithdrawReason(StrEnum):
    """Why an article is no longer to be quoted."""

    PUBLISHER = "publisher"
    WRONG = "wrong"
    OUTDATED = "outdated"
    RIGHTS = "rights"
    MISTAKE = "mistake"


class CorpusRefusal(Sentence):
    """Why nothing was done."""

    NO_FILES = Template("Attach at least one file of articles.")
    NOT_FETCHED = Template(
        "File {} could not be fetched from Discord, and nothing was added; attach it again.",
        (Number,),
    )
    TOO_MANY_BYTES = Template(
        "These files have {} bytes, and this server's articles may have {} in all.",
        (Count, Count),
        for_one="These files have {} byte, and this server's articles may have {} in all.",
    )
    TOO_MANY_READ = Template(
        "These files hold more than this server could ever add ({} articles); nothing was added.",
        (Count,),
        for_one=(
            "These files hold more than this server could ever add ({} article); nothing was added."
        ),
    )
    ARTICLES_FULL = Template(
        "With these, this server would have {} articles, and it may have {}; nothing was added.",
        (Count, Count),
        for_one=(
            "With these, this server would have {} article, and it may have {}; nothing was added."
        ),
    )
    BYTES_FULL = Template(
        "With these, this server's texts would have {} bytes, and they may have {}; nothing was "
        "added.",
        (Count, Count),
        for_one=(
            "With these, this server's texts would have {} byte, and they may have {}; nothing was "
            "added."
        ),
    )
    WITHDRAWN_ALREADY = Template("This article is withdrawn already.")
    NOT_WITHDRAWN = Template("This article is not withdrawn; there is nothing to restore.")
    PURGED = Template("This article was deleted for good; that is final.")
    UNKNOWN_REASON = Template("Choose one of the reasons that the command offers.")


class CorpusSentence(Sentence):
    """All that ``/corpus`` shows."""

    # Adding
    ADDED = Template("Articles added")
    NOTHING_ADDED = Template("Nothing was added")
    NEW = Template("{} new", (Count,))
    NEW_VERSIONS = Template("{} with a new version", (Count,))
    CORRECTED = Template("{} with a corrected record", (Count,))
    UNCHANGED = Template("{} unchanged", (Count,))
    REFUSED = Template("{} refused:", (Count,))
    BADLY_NAMED = Template(
        "File {}: its name cannot be used; give it one that is short, visible and without slashes "
        "or a dot in front.",
        (Number,),
    )
    MORE_REFUSED = Template("and {} more", (Count,))
    ANSWERS_FOLLOW = Template(
        "Answers already posted that quote an earlier version are being corrected."
    )
    INDEX_BEHIND = Template(
        "The index could not be built just now; that is tried again before the next answer."
    )

    # Withdrawing
    WITHDRAW_TITLE = Template("Withdraw this article?")
    WILL_CHANGE = Template(
        "{} posted answers quote it and will be corrected.",
        (Count,),
        for_one="{} posted answer quotes it and will be corrected.",
    )
    TEXT_STAYS = Template("Its text is kept: /corpus restore lets it be quoted again.")
    BECAUSE = Template("Reason:")
    WITHDRAW = Template("Withdraw…")
    WITHDRAW_FORM = Template("Withdraw the article")
    NOTE = Template("Note")
    NOTE_ABOUT = Template("Kept in the article's history, for moderators and the operator.")
    WITHDRAWN = Template("Withdrawn: article {} is no longer quoted.", (ArticleId,))

    # Restoring
    RESTORE_TITLE = Template("Quote this article again?")
    WILL_RETURN = Template(
        "{} posted answers quoted it and will be corrected.",
        (Count,),
        for_one="{} posted answer quoted it and will be corrected.",
    )
    RESTORE = Template("Restore")
    RESTORED = Template("Restored: article {} may be quoted again.", (ArticleId,))
    RESTORED_FROM_CHAT = Template("Restored from the chat.")  # in the article's history
    STATUS_TELLS = Template("/corpus status says what became of them.")
    CANCEL = Template("Cancel")

    # The reasons
    REASON_PUBLISHER = Template("Its publisher withdrew it.")
    REASON_WRONG = Template("What it says is wrong.")
    REASON_OUTDATED = Template("It is out of date.")
    REASON_RIGHTS = Template("It may not be quoted here.")
    REASON_MISTAKE = Template("It was added by mistake.")

    # The state of the corpus
    STATUS = Template("Articles of this server: {}", (Collection,))
    ACTIVE = Template("{} can be quoted", (Count,))
    WITHDRAWN_COUNT = Template("{} withdrawn", (Count,))
    PURGED_COUNT = Template("{} deleted for good", (Count,))
    VERSIONS = Template("{} versions of texts are kept.", (Count,), for_one="{} version is kept.")
    ARTICLES_USED = Template("Articles used: {} of {}", (Count, Count))
    BYTES_USED = Template("Bytes of text used: {} of {}", (Count, Count))
    UP_TO_DATE = Template("The index is up to date.")
    OUT_OF_DATE = Template("The index is behind; it is built anew before the next answer.")
    SHARED = Template(
        "These articles are shared with other servers; only the operator can change them."
    )
    OWN = Template("These articles are this server's own.")
    LOOK_AGAIN = Template("Look again")


REASONS = {
    WithdrawReason.PUBLISHER: CorpusSentence.REASON_PUBLISHER,
    WithdrawReason.WRONG: CorpusSentence.REASON_WRONG,
    WithdrawReason.OUTDATED: CorpusSentence.REASON_OUTDATED,
    WithdrawReason.RIGHTS: CorpusSentence.REASON_RIGHTS,
    WithdrawReason.MISTAKE: CorpusSentence.REASON_MISTAKE,
}
