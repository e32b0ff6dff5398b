"""Copies: sentences that say the same words, articles that copy one story, origins they name.

Decisions
---------
Copies are found once, when a generation is built, so that an answer only looks them up. Sentences
are candidates if they share rare terms and their TF-IDF vectors lie near each other; the products
are taken in numpy, because importing scipy takes as long as aligning a thousand articles.

A copy must agree in numbers, names and whatever turns a statement into its opposite. Between
articles that evidently copy one story, rewordings count as well; elsewhere they do not, since news
tells different events in the same words.
"""
