"""Labelled questions to the models that ship.

``python -m retrieval.training FOLDER … --origin TEXT`` asks every question of collections that hold
its answer and of collections that do not: without its article (what is off the subject), and with
every second paragraph left out (near misses: the same names, another fact); each of all articles
and of groups of a few, since small collections are the common case. Questions that no article
answers are asked of all. Every second question is asked in lower case, as members type.

Two models learn from that. One tells which sentence answers, from what `retrieval.evidence` says of
it: a conditional logit, in which each sentence is held against those read for the same question.
The other is a logistic regression that tells whether what would be quoted answers, from
`retrieval.features`. Both are cross-validated by story: the second learns from what the first
chose in articles that it had not seen, and the figures that are printed are of such articles.

Decisions
---------
The models that ship learned from questions about Wikipedia, and about news made up for the purpose
(``tests/press``). An encyclopedia names in each paragraph what it is about, and was asked about in
its own words; news and those who ask about it do neither.

Boosted trees (``HistGradientBoostingClassifier``) were tried in place of both: they ranked no
better, told answers from near misses hardly better, and are many times the size. Features,
not the kind of model, are what is missing.

How much newer articles are preferred is not learned: too few of the labelled questions have dates.
"""
