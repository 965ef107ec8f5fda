"""English, which needs no Babel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from trends.wording._language import Language, Span, year_of
from trends.wording._phrases import Phrase

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth",
)  # fmt: skip
_HEDGES = {
    "about": "about", "almost": "almost", "more than": "more than", "less than": "less than",
}  # fmt: skip
_UNITS: dict[str, str] = {}
_TERMS: dict[str, str] = {}
_SENTENCES = {
    "record.month.high": "the highest of any month on record[ (since {start})][, on {day}]",
    "record.month.low": "the lowest of any month on record[ (since {start})][, on {day}]",
    "record.night.high": "the highest of any night on record[ (since {start})][, on {day}]",
    "record.beats": ", beating the record[ of {previous}][ ({before})][ by {margin}]",
    "record.margin": ", by {margin}",
    "since.high": "the highest since {since}[ ({before})]",
    "since.low": "the lowest since {since}[ ({before})]",
    "rank.first.high": "the highest month[ since {start}]",
    "rank.first.low": "the lowest month[ since {start}]",
    "rank.nth.high": "the {rank} highest month[ since {start}]",
    "rank.nth.low": "the {rank} lowest month[ since {start}]",
    "rank.among.high": "among the {count} highest months[ since {start}]",
    "rank.among.low": "among the {count} lowest months[ since {start}]",
    "rank.rest.high": "[, {excluding} left out][, behind {ahead}]",
    "rank.rest.low": "[, {excluding} left out][, behind {ahead}]",
    "streak.rise": "the {nth} consecutive monthly rise[ since {day}]",
    "streak.rise.one": "a rise on the month before",
    "streak.fall": "the {nth} consecutive monthly fall[ since {day}]",
    "streak.fall.one": "a fall on the month before",
    "streak.acceleration": "the {nth} consecutive month of acceleration[ since {day}]",
    "streak.acceleration.one": "faster than the month before",
    "streak.slowing": "the {nth} consecutive month of slowing[ since {day}]",
    "streak.slowing.one": "slower than the month before",
    "streak.record": "the {nth} consecutive record month[ since {day}]",
    "streak.record.one": "a record[ since {day}]",
    "streak.nights": "the {nth} consecutive night with an attack[ since {day}]",
    "streak.nights.one": "the first consecutive night with an attack[ since {day}]",
    "change.up": "up {size}[{daily} per day] on {base}[ ({before})][, {per_day} per day]",
    "change.down": "down {size}[{daily} per day] on {base}[ ({before})][, {per_day} per day]",
    "change.flat": (
        "changed by {size}[{daily} per day] on {base}[ ({before})][, {per_day} per day]"
    ),
    "multiple.more": "[{hedge} ]{number} times {base}[ ({before})]",
    "multiple.less": "[{hedge} ]{number} times {base}[ ({before})]",
    "threshold.above": "above {bound}[, for the first time since {since}]",
    "threshold.below": "below {bound}[, for the first time since {since}]",
    "threshold.at least": "at least {bound}[, for the first time since {since}]",
    "threshold.at most": "at most {bound}[, for the first time since {since}]",
    "threshold.ever": ", for the first time",
    "total.most": "the most of any {count} consecutive months",
    "window.above": "more than {spans}[ ({before})][{daily} per day]",
    "window.below": "less than {spans}[ ({before})][{daily} per day]",
    "window.multiple.more": "[{hedge} ]{number} times {spans}[ ({before})][{daily} per day]",
    "window.multiple.less": "[{hedge} ]{number} times {spans}[ ({before})][{daily} per day]",
    "window.percent.up": "up {size} on {spans}[ ({before})][{daily} per day]",
    "window.percent.down": "down {size} on {spans}[ ({before})][{daily} per day]",
    "window.difference.up": "{size} more than {spans}[ ({before})][{daily} per day]",
    "window.difference.down": "{size} less than {spans}[ ({before})][{daily} per day]",
    "share.of": "{percent} of {whole}",
    "share.unknown": "{whole}",
    "mean.per_day": "{mean} a day[ {span}]",
    "net.parts": "[{gained} gained][{both} and ][{lost} lost]",
    "sign.negative": "below zero[, the first since {since}]",
    "sign.positive": "above zero[, the first since {since}]",
    "sign.ever": ", for the first time",
    "nights.without": "{count} nights without an attack",
    "nights.with": "{count} nights with an attack",
    "nights.none": "no night without an attack",
    "nights.all": "an attack on all {count} nights",
    "nights.since": "an attack on every night since {day}",
    "pace.above": "on pace[ for {value}][{both} and][ to end above {base}]",
    "pace.below": "on pace[ for {value}][{both} and][ to end below {base}]",
}


class English(Language):
    """The language that all others are made after."""

    code = "en"
    conjunction = "and"
    per_day = "per day"
    plurals = ("one", "other")
    listed = 0
    hedges = _HEDGES
    units = _UNITS
    terms = _TERMS
    sentences = _SENTENCES

    def number(self, text: str) -> str:
        """Digits as they are."""
        return text

    def plural(self, text: str) -> int:
        """Of words; units come in the plural."""
        return 0 if text == "1" else 1

    def percent_sign(self) -> str:
        """The sign, with no space before it."""
        return "%"

    def ordinal(self, number: int) -> Phrase:
        """``third``; from 13 on in figures."""
        if 1 <= number <= len(_ORDINALS):
            return Phrase(lambda form: _ORDINALS[number - 1])
        tail = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return Phrase(lambda form: f"{number}{'th' if number % 100 in (11, 12, 13) else tail}")

    def span(self, first: pd.Period, last: pd.Period) -> str:
        """``in June 2025``, or ``from January 2025 to June 2025``."""
        if first == last:
            return f"in {self.month(last)}"
        return f"from {self.month(first)} to {self.month(last)}"

    def day(self, day: dt.date) -> str:
        """``10 May 2025``."""
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"

    def days(self, first: dt.date, last: dt.date) -> str:
        """``from 1 January 2025 to 10 May 2025``."""
        return f"from {self.day(first)} to {self.day(last)}"

    def _month(self, month: pd.Period, form: str, *, year: bool = True) -> str:
        return f"{_MONTHS[month.month - 1]}{f' {month.year}' if year else ''}"

    def _put(self, form: str, words: str) -> str:
        return words

    def _figure(self, hedge: str, number: str, unit: str, plural: int, form: str) -> str:
        return f"{hedge} {number}".strip() + (f" {self.unit(unit)}" if unit else "")

    def _spans(self, spans: Sequence[Span], form: str) -> str:
        words = [
            str(year_of(span) or "") or
            (self.month(span[0]) if span[0] == span[1]
             else f"{self.month(span[0])} to {self.month(span[1])}")
            for span in spans
        ]  # fmt: skip
        return self.join(words) + (" together" if len(words) > 1 else "")
