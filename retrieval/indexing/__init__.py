"""Articles to an index generation, and back: built once, written, checked, mapped.

Decisions
---------
Weights are computed in numpy, to scikit-learn's formulas, and not by scikit-learn: importing it
takes about two seconds, which every addition of an article would wait for. Tests hold every weight
and score against ``TfidfVectorizer``, and ``quoth verify`` recomputes a generation's weights with
it. Should that import become quick, ``TfidfTransformer`` takes the place of
`retrieval.indexing.weighting`.

A bigram is stored as the pair of its words' ids, not as text: the vocabulary stays small and two
binary searches find any term in a mapped file.

The initials of a name that a sentence writes out are a term of that sentence, so that a question
for "ASIO" finds the organisation. This is done when the index is built, not to the question: what
was searched for is what was typed.
"""
