"""Numbers, months and ordinals in words; one file a language."""

from trends.wording._language import Language
from trends.wording._phrases import Phrase
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

__all__ = [
    "LANGUAGES",
    "Language",
    "Phrase",
    "amount",
    "chain_words",
    "check_language",
    "day_words",
    "language_of",
    "month_words",
    "months_list",
    "ordinal",
    "percent",
    "plural_category",
    "quantity_words",
    "unit_words",
]
