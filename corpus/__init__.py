"""What was said: articles, their blocks and sentences, their sources, and the store.

Decisions
---------
Blocks and sentences are found anew from the stored text whenever an index is built, and are not
stored with it: better rules then hold for every article, and the text alone is what never changes.

Sentences are nupunkt's, which keeps offsets, reads 10 MB a second and depends on nothing, with the
few rules it lacks for news. A splitter that needs fewer of ours would take its place.

Encodings are never guessed: a wrong guess changes what a source says.
"""
