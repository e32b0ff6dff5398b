"""What Quoth says about the audit log."""

from __future__ import annotations

from bot.catalogue.lines import Sentence, Template
from bot.catalogue.parameters import ArticleId, Count, Key, Member, MessageLink, Moment


class AuditSentence(Sentence):
    """All that is said around the entries of the audit log."""

    TITLE = Template("{} entries, newest first", (Count,), for_one="{} entry")
    EMPTY = Template("Nothing has been recorded yet.")
    FILE = Template("CSV file")
    FILE_ATTACHED = Template(
        "The newest {} entries are in the file, oldest first.",
        (Count,),
        for_one="{} entry is in the file.",
    )
    AT = Template("{}", (Moment,))

    # Who
    BY = Template("{}", (Member,))
    BY_UNKNOWN = Template("a member who is no longer kept")
    BY_OPERATOR = Template("the operator")
    BY_QUOTH = Template("Quoth")

    # What
    ANSWER_RETRACTED = Template("took an answer back")
    RETRACTION_UNDONE = Template("let an answer be shown again")
    ANSWER_DELETED = Template("deleted an answer")
    REPORTED = Template("reported an answer")
    QUESTION_SENT = Template("sent a question to the moderators")
    CLAIMED = Template("claimed a report")
    RELEASED = Template("released a report")
    DECIDED = Template("decided a report")
    DECISION_UNDONE = Template("undid a decision")
    QUOTE_WIDENED = Template("let more of a quote be shown")
    ARTICLE_ADDED = Template("added an article")
    ARTICLE_CORRECTED = Template("corrected an article")
    ARTICLE_WITHDRAWN = Template("withdrew an article")
    ARTICLE_RESTORED = Template("restored an article")
    ARTICLE_PURGED = Template("removed an article for good")
    SETTING_CHANGED = Template("changed a setting")  # of a newer Quoth; ours are below
    SERVER_JOINED = Template("joined this server")
    SERVER_LEFT = Template("left this server")
    SERVER_BOUND = Template("chose the articles that this server asks")
    MEMBER_FORGOTTEN = Template("had what is stored about them deleted")
    RETENTION = Template("deleted what is kept no longer")
    SWEPT = Template("corrected posted answers")
    UNKNOWN = Template("did what this version of Quoth has no words for")

    # Which setting
    CHANNELS = Template("changed a setting: where Quoth answers")
    PUBLIC = Template("changed a setting: who sees answers")
    MODERATOR_ROLES = Template("changed a setting: which roles may moderate")
    MODERATORS_CHANNEL = Template("changed a setting: where reports are posted")
    MEMBER_QUESTIONS = Template("changed a setting: how many questions a member may ask")
    MEMBER_SECONDS = Template("changed a setting: in how many seconds a member may ask these")
    SERVER_QUESTIONS = Template("changed a setting: how many questions a minute all may ask")
    RETENTION_DAYS = Template("changed a setting: how many days questions are kept")

    # To what
    OF_ANSWER = Template("answer {}", (Key,))
    OF_ARTICLE = Template("article {}", (ArticleId,))
    ANSWER_AT = Template("{}", (MessageLink,))
