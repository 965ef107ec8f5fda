"""What every language says in the same way, given its words."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar, TypeAlias

import pandas as pd

from trends.wording._babel import locale_of
from trends.wording._digits import chain_digits, exact, percent_digits, printed_digits, ratio_digits
from trends.wording._phrases import Phrase, fill

Span: TypeAlias = tuple[pd.Period, pd.Period]
Number: TypeAlias = float | int | Decimal


class Language(ABC):
    """The words of one language and its grammar.

    A phrase has a plain form and those of `forms`, which the templates of the language ask for:
    ``{month:in}`` is "en juin 2025" in French.
    """

    code: ClassVar[str]
    conjunction: ClassVar[str]
    colon: ClassVar[str] = ":"
    semicolon: ClassVar[str] = ";"
    per_day: ClassVar[str]  # after a unit
    forms: ClassVar[tuple[str, ...]] = ()
    plurals: ClassVar[tuple[str, ...]]  # the categories of CLDR in the order of "one|few|many"
    listed: ClassVar[int]  # the position of the form that a unit by itself has
    hedges: ClassVar[Mapping[str, str]]
    units: ClassVar[Mapping[str, str]]  # the forms of a unit after a number, parted by "|"
    terms: ClassVar[Mapping[str, str]]  # a quantity: its name, and after "|" its name as a whole
    sentences: ClassVar[Mapping[str, str]]  # the templates of claims, by type and kind

    # --- what a language has to say for itself -------------------------------------------------
    @abstractmethod
    def _month(self, month: pd.Period, form: str, *, year: bool = True) -> str:
        """The name of a month in the case that a form takes."""

    @abstractmethod
    def _put(self, form: str, words: str) -> str:
        """The words with what a form puts before them."""

    @abstractmethod
    def _figure(self, hedge: str, number: str, unit: str, plural: int, form: str) -> str:
        """A number with its unit and the words before it."""

    @abstractmethod
    def _spans(self, spans: Sequence[Span], form: str) -> str:
        """Spans of months that are added up: "2023 and 2024 together"."""

    @abstractmethod
    def span(self, first: pd.Period, last: pd.Period) -> str:
        """``in June 2025``, or ``from January 2025 to June 2025``."""

    @abstractmethod
    def days(self, first: dt.date, last: dt.date) -> str:
        """``from 1 January 2025 to 10 May 2025``."""

    @abstractmethod
    def day(self, day: dt.date) -> str:
        """``10 May 2025``."""

    @abstractmethod
    def ordinal(self, number: int) -> Phrase:
        """``third``, in the genders of `forms`."""

    # --- numbers --------------------------------------------------------------------------------
    def number(self, text: str) -> str:
        """Digits with the signs of the language, given as in English."""
        locale = locale_of(self.code)
        return text.translate({ord(","): locale.group, ord("."): locale.decimal})

    def plural(self, text: str) -> int:
        """The position of the plural form that a number takes."""
        number = exact(text)
        category = locale_of(self.code).plural(number) if number.is_finite() else ""
        return self.plurals.index(category if category in self.plurals else self.plurals[-1])

    def percent_sign(self) -> str:
        """The sign and the space before it."""
        return locale_of(self.code).percent

    def percent(self, share: float, decimals: int = 1) -> str:
        """``+35.8%`` for 0.358."""
        sign, text = percent_digits(share, decimals)
        return f"{sign}{self.number(text)}{self.percent_sign()}"

    def chain(self, values: Sequence[float], signs: Sequence[str]) -> str:
        """``240 < 379 < 507``."""
        return self.number(chain_digits(values, signs))

    def figure(
        self, value: Number, unit: str = "", hedge: str = "", *, percent: bool = False
    ) -> Phrase:
        """A figure as it is printed, its unit in the plural form that goes with it."""
        text = printed_digits(value)
        nth, number = self.plural(text), self.number(text)
        if percent:
            number += self.percent_sign()
        return Phrase(
            lambda form: self._figure(self.hedges.get(hedge, ""), number, unit, nth, form),
            self.forms,
            nth,
        )

    def ratio(self, ratio: float) -> Phrase:
        """How many times: three digits, or whole where it is large."""
        text = ratio_digits(ratio)
        number = self.number(text)
        return Phrase(lambda form: number, (), self.plural(text))

    def unit(self, unit: str, plural: int | None = None) -> str:
        """A unit by itself, or as it stands after a number; an unknown one stays as it is."""
        if unit == "per day":
            return self.per_day
        if unit.endswith(" per day"):
            return f"{self.unit(unit.removesuffix(' per day'), plural)} {self.per_day}"
        parts = unit.split(" and ")
        if len(parts) > 1 and all(part in self.units for part in parts):
            return f" {self.conjunction} ".join(self.unit(part, plural) for part in parts)
        if unit not in self.units:
            return unit.replace("km2", "km²")
        forms = self.units[unit].split("|")
        nth = self.listed if plural is None else plural
        return forms[nth] if nth < len(forms) else forms[0]

    def _with_unit(self, number: str, unit: str, plural: int) -> str:
        """A number and its unit, a sign kept on the same line."""
        if not unit:
            return number
        if unit.removesuffix(" per day") in ("%", "percent"):
            daily = f" {self.per_day}" if unit.endswith(" per day") else ""
            return f"{number}{self.percent_sign()}{daily}"
        space = "\N{NO-BREAK SPACE}" if unit.split()[:1] == ["km2"] else " "
        return f"{number}{space}{self.unit(unit, plural)}"

    # --- months ---------------------------------------------------------------------------------
    def month(self, month: pd.Period) -> Phrase:
        """``June 2025``."""
        return Phrase(lambda form: self._put(form, self._month(month, form)), self.forms)

    def months(self, months: Sequence[pd.Period]) -> Phrase:
        """``October and November 2024``: the year once where it is the same."""

        def make(form: str) -> str:
            last = len(months) - 1
            words = [
                self._month(m, form, year=k == last or months[k + 1].year != m.year)
                for k, m in enumerate(months)
            ]
            return self._put(form, self.join(words))

        return Phrase(make, self.forms, self.plural(str(len(months))))

    def spans(self, spans: Sequence[Span]) -> Phrase:
        """``2023 and 2024 together``."""
        return Phrase(lambda form: self._spans(spans, form), self.forms)

    # --- words ----------------------------------------------------------------------------------
    def join(self, words: Sequence[str]) -> str:
        """``a, b and c``."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self.conjunction} {words[-1]}"

    def term(self, words: str) -> Phrase:
        """The name of a quantity; ``of`` as the whole of a share. An unknown one stays as it is."""
        found = self._known(words)
        name, *whole = [words] if found is None else found.split("|")
        unknown = fill(self.sentences["share.unknown"], {"whole": name})
        return Phrase(lambda form: (whole or [unknown])[0] if form == "of" else name, ("of",))

    def _known(self, words: str) -> str | None:
        """The entry of a quantity, or one made of those of its parts."""
        plain = words.replace("_", " ")
        if plain in self.terms:
            return self.terms[plain]
        for mark, put in ((", ", ", "), ("+", f" {self.conjunction} "), (" and ", None)):
            parts = plain.split(mark)
            known = [self._known(part) for part in parts] if len(parts) > 1 else []
            if known and known[0] is not None and (mark == ", " or None not in known):
                names = [(k or p).split("|")[0] for k, p in zip(known, parts, strict=True)]
                return (put or f" {self.conjunction} ").join(names)
        return None

    def lead(self, subject: str, when: str) -> str:
        """What it is about, and when."""
        return f"{subject[:1].upper()}{subject[1:]} {when}"

    def smooth(self, text: str) -> str:
        """A text of fixed words and of what was put in, as one says it."""
        return text

    def sentence(self, key: str, **slots: object) -> str:
        """Fill the template of a claim."""
        return fill(self.sentences[key], slots)


def year_of(span: Span) -> int | None:
    """The year that a span is the whole of."""
    first, last = span
    return first.year if first.year == last.year and (last - first).n == 11 else None
