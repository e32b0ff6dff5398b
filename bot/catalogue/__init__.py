"""Every sentence Quoth may say.

A `Sentence` is one of a fixed list; a `Line` is a sentence with its parameters, each of the type
that the sentence asks for. Free text has no way in: to let Quoth say something new, add a member
to the list of its topic, where review sees it.
"""
