"""Numbers, months and ordinals in words; one file a language."""

from trends.wording._language import Language
from trends.wording._phrases import Phrase
from trends.wording._sayings import Figure, Portion, Saying, chance_words, said
from trends.wording._speaking import (
    LANGUAGES,
    amount,
    chain_words,
    check_language,
    day_words,
    language_of,
    month_words,
    months_list,
    ordinal,
    percent,
    plural_category,
    quantity_words,
    unit_words,
)
from trends.wording._words import Words, read_words

__all__ = [
    "LANGUAGES",
    "Figure",
    "Language",
    "Phrase",
    "Portion",
    "Saying",
    "Words",
    "amount",
    "chain_words",
    "chance_words",
    "check_language",
    "day_words",
    "language_of",
    "month_words",
    "months_list",
    "ordinal",
    "percent",
    "plural_category",
    "quantity_words",
    "read_words",
    "said",
    "unit_words",
]
