"""What a question asks for, read before and while articles are searched.

Decisions
---------
The form of a question decides, by closed lists of function words and of general nouns ("minister",
"river"); no list knows a topic. What a list cannot tell is left open (`Expected.ANY`), and whoever
asks treats it as before: nothing here may hide an answer by itself, but for a plain request to
write, decide or chat, which is no question at all.

There is no dictionary and no list of synonyms. Repairs and families come from the collection's own
vocabulary, so they can only name words that some article holds, and each is shown as it is written
there. Both would rather find nothing: a right word that the collection lacks must not be mended
into another one. A small list of English word frequencies would tell the two apart better; it would
have to earn its size.

Everything is a pure function of the question, and of the index where the vocabulary is needed. No
question is kept, but for the last one read by `retrieval.question.kinds`.
"""
