"""Whether a question is in another language than the articles, which TF-IDF cannot bridge."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from retrieval.tokens import find_words

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

    from retrieval.indexing.index import Index
    from retrieval.query import Query

# Fewer words than this tell too little of a language that shares the articles' alphabet.
MIN_WORDS = 4
MIN_PROBABILITY = 0.7
# So many articles, spread over the collection, and so much of each tell its languages.
_SAMPLES = 5
_SAMPLE_CHARS = 2000


def is_foreign(index: Index, question: str, query: Query) -> bool:
    """Return whether a question is, by its letters or words, in another language.

    Asked only of questions that are met with silence: half of its words being known settles that
    it is not, and only then is the language model loaded (a quarter of a second).
    """
    script = main_script(question)
    if index.n_articles == 0 or not script or 2 * query.n_known >= len(query.terms):
        return False
    samples = _sample_texts(index)
    if script not in map(main_script, samples):
        return True
    if sum(1 for _ in find_words(question)) < MIN_WORDS:
        return False
    language, probability = _identify(question)
    return probability >= MIN_PROBABILITY and all(_identify(one)[0] != language for one in samples)


def _sample_texts(index: Index) -> list[str]:
    """Return the beginnings of some articles of the collection."""
    step = -(-index.n_articles // _SAMPLES)
    return [index.text(number)[:_SAMPLE_CHARS] for number in range(0, index.n_articles, step)]


def main_script(text: str) -> str:
    """Return the script of most letters, as the first word of their Unicode names; "" if none."""
    scripts: Counter[str] = Counter()
    for char, count in Counter(filter(str.isalpha, text)).items():
        scripts[unicodedata.name(char, "").split(" ")[0]] += count
    return scripts.most_common(1)[0][0] if scripts else ""


def _identify(text: str) -> tuple[str, float]:
    """Return the likeliest language and its probability."""
    language, probability = load_identifier().classify(text)
    return str(language), float(probability)


@lru_cache(maxsize=1)
def load_identifier() -> LanguageIdentifier:
    """Return the language model, loaded the first time; whoever stays up may load it beforehand."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - slow to load

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
