"""Labelled questions to the models that ship.

``python -m retrieval.training ARTICLES.jsonl QUESTIONS.jsonl --origin TEXT`` asks every question of
collections that hold its answer and of collections that do not: without its article (what is off
the subject), and with every second paragraph left out (near misses: the same names, another fact);
each of all articles and of groups of a few, since small collections are the common case. Every
second question is asked in lower case, as members type.

Two logistic regressions learn from that. One tells which sentence answers, from what
`retrieval.evidence` says of it; the other whether what would be quoted answers, from
`retrieval.features`. Both are cross-validated by article: the second learns from what the first
chose in articles that it had not seen, and the figures that are printed are of such articles.

Decisions
---------
Boosted trees (``HistGradientBoostingClassifier``) were tried in place of both: they ranked no
better, told answers from near misses hardly better, and are many times the size. Features,
not the kind of model, are what is missing.

The preference for newer articles is not learned: the questions that ship labels have no dates.
"""
