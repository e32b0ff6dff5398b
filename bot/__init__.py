"""What a member, a moderator or an operator sees.

Decisions
---------
A reply is a tree of pieces (`bot.rendering.message`) that can hold an excerpt, a field of a source
record, a sentence of `bot.catalogue` or the question, and nothing else; a renderer lays the tree
out and has no words of its own. Whatever a source or a question begins with, a label of ours stands
before it on its line, so that it cannot pass for a quote.

Modules that are slow to import are imported by the commands that need them: a warm ``quoth ask``
loads neither the database nor scikit-learn.
"""
