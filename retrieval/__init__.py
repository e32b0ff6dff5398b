"""What answers: a question in, quotes or silence out.

The way of a question through the files::

    question/       what it asks for, and the words that count as its own
    query.py        ... as weighted terms
    timeliness.py   which articles are of the time that it is about
    ranking.py      the passages whose TF-IDF vectors lie nearest
    evidence/       what speaks for each of their sentences, in numbers
    models.py       ... and how likely that makes it to answer (trained by training/)
    quoting.py      the runs of sentences to quote, each in its best copy (copying/)
    considering.py  all of these in one call
    features.py     what tells an answer from a near miss
    answering.py    answer, or silence with its reason (abstaining.py)
    arranging.py    figures that differ and responses, side by side (comparing/)
    citing.py       quotes with copies, speaker (speakers.py) and context: which words point back
                    (pointing/), and what introduces them (context.py, introducing.py)
    noting.py       what is said about the quotes; searched.py: what was searched for

Beside it: ``indexing/`` builds what is searched, ``measuring/`` tells how good the answers are,
``verification.py`` whether a citation is still true.

Decisions
---------
TF-IDF finds the passages; a logistic regression over lexical features chooses the sentences, and a
second one says how likely they are to answer. Both are small tables of weights, scored without
scikit-learn. `retrieval.training` says what else was tried.
"""
