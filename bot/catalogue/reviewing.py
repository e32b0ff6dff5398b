"""What Quoth says about reports and what moderators do with them."""

from __future__ import annotations

from bot.catalogue.lines import Sentence, Template
from bot.catalogue.parameters import ArticleId, Count, Member, MessageLink, Moment, Number


class ReviewRefusal(Sentence):
    """Why something cannot be reported or decided."""

    REPORTED_ALREADY = Template(
        "You reported this answer at {}; moderators have not decided it yet.", (Moment,)
    )
    SENT_ALREADY = Template(
        "You sent this question at {}; moderators have not decided it yet.", (Moment,)
    )
    TOO_MANY = Template(
        "{} of your reports wait for moderators; send more when some are decided.",
        (Count,),
        for_one="{} of your reports waits for moderators; send more when it is decided.",
    )
    NO_QUOTES = Template("This answer has no quotes to report.")
    NOT_SILENCE = Template("This question was answered; its quotes can be reported.")
    NOT_A_CHOICE = Template("The form came back with something that cannot be chosen; try again.")
    CLAIMED_BY_UNKNOWN = Template(
        "A moderator who is no longer kept has claimed this since {}.", (Moment,)
    )
    DECIDED_BY_UNKNOWN = Template(
        "A moderator who is no longer kept has decided this already, at {}.", (Moment,)
    )
    TAKEN_BACK = Template("{} has taken this answer back already, at {}.", (Member, Moment))
    TAKEN_BACK_BY_UNKNOWN = Template(
        "A moderator who is no longer kept has taken this answer back already, at {}.", (Moment,)
    )
    UNDONE = Template("{} has undone this already, at {}.", (Member, Moment))
    UNDONE_BY_UNKNOWN = Template(
        "A moderator who is no longer kept has undone this already, at {}.", (Moment,)
    )
    NOT_DECIDED = Template("There is no decision to undo: none has been made.")
    SECOND_MODERATOR = Template("You decided this yourself; only another moderator can undo it.")
    DECIDER_UNKNOWN = Template(
        "Who decided this is no longer kept; only somebody who has Manage Server can undo it."
    )
    NOT_CLAIMER = Template(
        "Only who claimed this can release it, or somebody who has Manage Server."
    )
    NOT_WIDER = Template(
        "Quote {} cannot be shown wider: its paragraph holds no further sentence that fits.",
        (Number,),
    )
    WIDENED_ALREADY = Template("More of quote {} is shown already.", (Number,))
    NOT_STANDING = Template("Quote {} is not shown any more.", (Number,))
    OTHER_DRAFT = Template("This was begun by another moderator; begin your own.")


class ReviewSentence(Sentence):
    """All that is said around reports, their cards and the queue."""

    # What a member sees
    REPORT_TITLE = Template("Report this answer")
    REPORT_REASON = Template("What is wrong?")
    REPORT_REASON_ABOUT = Template("Moderators will see the question, the quotes and your name.")
    NOTE = Template("Note")
    NOTE_ABOUT = Template("Only moderators will see it.")
    REPORT_SENT = Template("Your report went to the moderators of this server.")
    QUESTION_SENT = Template("Your question went to the moderators of this server.")

    # Reasons for a report
    WRONG_PASSAGE = Template("Wrong, or beside the question")
    MISLEADING_CUT = Template("Misleading cut")
    SOURCE_PROBLEM = Template("Problem with the source")
    NOT_ALLOWED = Template("Not allowed here")
    OTHER = Template("Something else")

    # Reasons for taking back
    RETRACT_WRONG_PASSAGE = Template("The passage does not answer the question")
    RETRACT_MISLEADING_CUT = Template("The passage misleads without what stands around it")
    RETRACT_SOURCE_PROBLEM = Template("There is a problem with the source")
    RETRACT_OUTDATED = Template("What it says is out of date")
    RETRACT_RULES = Template("The rules of this server")

    # Kinds
    KIND_REPORT = Template("Report")
    KIND_UNANSWERED = Template("Unanswered question")
    KIND_RETRACTION = Template("Answer taken back")

    # What a report is about
    SENT_BY = Template("Sent by {} at {}.", (Member, Moment))
    SENT_BY_UNKNOWN = Template("Sent at {} by a member who is no longer kept.", (Moment,))
    BEGUN_BY = Template("Begun by {} at {}.", (Member, Moment))
    BEGUN_BY_UNKNOWN = Template("Begun at {} by a moderator who is no longer kept.", (Moment,))
    ANSWER_AT = Template("Answer: {}", (MessageLink,))
    ANSWER_PRIVATE = Template("Only the member who asked sees the answer.")
    ANSWER_DELETED = Template("The answer's message is deleted.")
    QUESTION_NOT_KEPT = Template("The question is no longer kept.")
    SENDERS_NOTE = Template("Note of the sender:")
    MODERATORS_NOTE = Template("Note of the moderator:")

    # How far it is
    NOT_CLAIMED = Template("Nobody has claimed it yet.")
    CLAIMED_BY = Template("Claimed by {} since {}.", (Member, Moment))
    CLAIMED_BY_UNKNOWN = Template(
        "Claimed since {} by a moderator who is no longer kept.", (Moment,)
    )
    DECIDED_BY = Template("Decided by {} at {}:", (Member, Moment))
    DECIDED_BY_UNKNOWN = Template("Decided at {} by a moderator who is no longer kept:", (Moment,))
    UNDONE_BY = Template("Undone by {} at {}.", (Member, Moment))
    UNDONE_BY_UNKNOWN = Template("Undone at {} by a moderator who is no longer kept.", (Moment,))
    ABOUT_QUOTE = Template("Quote {}", (Number,))
    NO_QUOTE_ANSWERS = Template("Nothing in the corpus answers it")

    DOT = Template("\u00b7")

    # Decisions
    IS_GOOD = Template("good")
    IS_WRONG_PASSAGE = Template("wrong passage")
    IS_MISLEADING_CUT = Template("misleading cut")
    IS_SOURCE_PROBLEM = Template("problem with the source")
    IS_DISMISSED = Template("dismissed")
    IS_RETRACTED = Template("taken back")

    # Buttons
    SEE = Template("See")
    CLAIM = Template("Claim")
    RELEASE = Template("Release")
    GOOD = Template("Good")
    SILENCE_IS_RIGHT = Template("Silence is right")
    DECIDE_WRONG_PASSAGE = Template("Wrong passage")
    DECIDE_MISLEADING_CUT = Template("Misleading cut")
    DECIDE_SOURCE_PROBLEM = Template("Source problem")
    DISMISS = Template("Dismiss")
    UNDO = Template("Undo")
    RETRACT = Template("Retract")
    WIDEN = Template("Show more of it")
    QUEUE = Template("Waiting")
    DECIDED_LATELY = Template("Decided")
    CANCEL = Template("Cancel")

    # The queue
    QUEUE_TITLE = Template("{} reports wait.", (Count,), for_one="{} report waits.")
    DECIDED_TITLE = Template("{} reports are decided.", (Count,), for_one="{} report is decided.")
    NOTHING_WAITS = Template("No report waits.")
    NOTHING_DECIDED = Template("No report has been decided lately.")

    # The forms of a decision
    GOOD_TITLE = Template("The answer is good")
    SILENCE_TITLE = Template("Silence is right")
    WRONG_PASSAGE_TITLE = Template("Another passage answers")
    WIDEN_TITLE = Template("Show more of quote {}", (Number,))
    SOURCE_PROBLEM_TITLE = Template("There is a problem with the source")
    DISMISS_TITLE = Template("Dismiss the report")
    RIGHT_QUOTE = Template("Which quote is right?")
    RIGHT_QUOTE_ABOUT = Template("Kept as a labelled question, by which Quoth is measured.")
    RIGHT_QUOTE_NO_LABEL = Template("This question is not kept as a labelled one.")

    # What came of a decision
    DECIDED = Template("Decided:")
    SECOND_CAN_UNDO = Template("Another moderator can undo this.")
    WITHDRAW_WAY = Template(
        "To stop quoting it everywhere, an administrator withdraws it: /corpus withdraw {}",
        (ArticleId,),
    )
    DECISION_UNDONE = Template("The decision is undone; the report waits again.")
    RETRACTION_UNDONE = Template("The answer is shown again.")
    WIDENING = Template("Quote {} would be shown like this:", (Number,))
    WIDENING_CHANGES = Template("The posted answer is edited when you confirm.")

    # Taking back
    RETRACT_TITLE = Template("Retract this answer")
    RETRACT_REASON = Template("Why?")
    RETRACT_REASON_ABOUT = Template("The reason will stand in the answer's place.")
    RETRACT_PREVIEW = Template("Take this answer back? Its quotes are then no longer shown.")
    WILL_CHANGE = Template("{} messages will change:", (Count,), for_one="{} message will change:")
    MESSAGE_AT = Template("{}", (MessageLink,))
    WILL_CHANGE_PRIVATE = Template(
        "No message will change; the member who asked is told at the next button they press."
    )
    RETRACT_NOW = Template("Take it back")
    RETRACTED = Template("The answer is taken back.")
    BEING_CORRECTED = Template(
        "Its message is being corrected; /review shows what became of it, among what is decided."
    )
