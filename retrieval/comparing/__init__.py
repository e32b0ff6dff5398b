"""Other articles that say something else: figures, responses, wordings.

Decisions
---------
Nothing here knows the index: sentences come in as bare values (`retrieval.comparing.statements`),
spans within them go out. Precision goes before recall, since a figure or a denial that is put
beside the wrong claim misleads more than one that is missing. The few word lists are of general
words (units, verbs of saying and denying, countries and their adjectives); a dictionary of synonyms
would find more pairs, and more wrong ones.
"""
