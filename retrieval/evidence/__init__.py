"""What speaks for each sentence of the best passages: numbers for the model that ranks them.

``gathering.py`` names them all. They come from what a sentence holds of the question
(``wording.py``) and of the answer asked for (``answers.py``), from its passage (``passages.py``),
and from what stands around it in the article (``surroundings.py``). ``reading.py`` reads the
passages, once for all of these.

A sentence is seen with its neighbours, its passage, the heading above and the article's title,
which a reader has in mind as well. All numbers are shares, or small, so that one model serves
collections of any size; none looks at particular words.
"""
