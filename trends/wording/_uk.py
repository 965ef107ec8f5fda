"""Ukrainian."""

# ruff: noqa: RUF001
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import pandas as pd

from trends.wording._babel import locale_of
from trends.wording._language import Language, Span, year_of
from trends.wording._phrases import Phrase

# the locative is in no table of Babel's
_LOCATIVES = (
    "січні", "лютому", "березні", "квітні", "травні", "червні", "липні", "серпні", "вересні",
    "жовтні", "листопаді", "грудні",
)  # fmt: skip
_ORDINALS = (
    "перший", "другий", "третій", "четвертий", "п’ятий", "шостий", "сьомий", "восьмий",
    "дев’ятий", "десятий", "одинадцятий", "дванадцятий",
)  # fmt: skip
_BETWEEN = re.compile(r"(?<=[аеєиіїоуюя] )у(?= [бгґджзйклмнпрстхцчшщ])")
_TAILS = {1: "ша", 2: "га", 3: "тя", 7: "ма", 8: "ма"}  # 21-ша, 22-га
_BY_DAY = "в перерахунку на добу"
_TIMES = "{number:раз|рази|разів|раза}"
_HEDGES = {
    "about": "приблизно", "almost": "майже", "more than": "більш ніж", "less than": "менш ніж",
}  # fmt: skip
# 1 дрон|2 дрони|5 дронів|1,5 дрона; a fifth form is the accusative of one, where it differs
_UNITS = {
    "drones": "дрон|дрони|дронів|дрона",
    "missiles": "ракета|ракети|ракет|ракети|ракету",
    "weapons": "засіб ураження|засоби ураження|засобів ураження|засобу ураження",
    "km2": "км²",
    "nights": "ніч|ночі|ночей|ночі",
    "days": "день|дні|днів|дня",
    "events": "подія|події|подій|події|подію",
    "fatalities": "смерть|смерті|смертей|смерті",
    "deaths": "смерть|смерті|смертей|смерті",
    "fires": "пожежа|пожежі|пожеж|пожежі|пожежу",
    "%": "%",
    "percent": "%",
    "percentage points": (
        "відсотковий пункт|відсоткові пункти|відсоткових пунктів|відсоткового пункту"
    ),
}
_TERMS = {
    "drones": "дрони|дронів",
    "missiles": "ракети|ракет",
    "weapons": "засоби ураження|засобів ураження",
    "fires": "пожежі|пожеж",
    "territory": "територія|території",
    "drones launched": "запущені дрони|запущених дронів",
    "missiles launched": "запущені ракети|запущених ракет",
    "drones + missiles launched": "запущені дрони та ракети|запущених дронів та ракет",
    "drones shot down": "збиті дрони|збитих дронів",
    "missiles shot down": "збиті ракети|збитих ракет",
    "drones destroyed": "збиті дрони|збитих дронів",
    "missiles destroyed": "збиті ракети|збитих ракет",
    "drones shot down, percent of those launched": "частка збитих дронів серед запущених",
    "missiles shot down, percent of those launched": "частка збитих ракет серед запущених",
    "cruise missiles launched": "запущені крилаті ракети|запущених крилатих ракет",
    "ballistic missiles launched": "запущені балістичні ракети|запущених балістичних ракет",
    "interception rate": "частка перехоплень",
    "drones of the largest night": "дрони наймасованішої ночі",
    "drones largest night": "дрони наймасованішої ночі",
    "missiles of the largest night": "ракети наймасованішої ночі",
    "missiles largest night": "ракети наймасованішої ночі",
    "drones and missiles of the largest night": "дрони та ракети наймасованішої ночі",
    "nights without drones": "ночі без дронів|ночей без дронів",
    "drones nights without": "ночі без дронів|ночей без дронів",
    "nights without missiles": "ночі без ракет|ночей без ракет",
    "missiles nights without": "ночі без ракет|ночей без ракет",
    "net territorial gain": "чистий приріст території|чистого приросту території",
    "territory km2": "чистий приріст території|чистого приросту території",
    "territory gained km2": "захоплена територія|захопленої території",
    "territory lost km2": "втрачена територія|втраченої території",
    "area km2": "територія під контролем Росії|території під контролем Росії",
    "territory under Russian control": (
        "територія під контролем Росії|території під контролем Росії"
    ),
    "change of territory under Russian control": "зміна території під контролем Росії",
    "change of territory": "зміна території",
    "gained": "здобуто", "lost": "втрачено", "net": "чистий приріст",
    "events of lethal violence": "випадки смертельного насильства",
    "events recorded by ACLED": "події за даними ACLED|подій за даними ACLED",
    "fatalities recorded by ACLED": "загиблі за даними ACLED|загиблих за даними ACLED",
    "deaths (best)": "загиблі (середня оцінка)|загиблих (середня оцінка)",
    "deaths (low)": "загиблі (нижня оцінка)|загиблих (нижня оцінка)",
    "deaths (high)": "загиблі (верхня оцінка)|загиблих (верхня оцінка)",
    "fires attributed to the war": "пожежі, пов’язані з війною|пожеж, пов’язаних із війною",
    "fires in Ukraine-held area": "пожежі на підконтрольній Україні території",
    "fires in Russia-held area": "пожежі на підконтрольній Росії території",
}  # fmt: skip
_SENTENCES = {
    "record.month.high": (
        "найвищий місячний показник за весь час спостережень[ ({start:since})][, {day}]"
    ),
    "record.month.low": (
        "найнижчий місячний показник за весь час спостережень[ ({start:since})][, {day}]"
    ),
    "record.night.high": (
        "найвищий показник за одну ніч за весь час спостережень[ ({start:since})][, {day}]"
    ),
    "record.beats": (", попередній рекорд[ {previous:of}][ ({before})] побито[ {margin:by}]"),
    "record.margin": ", попередній рекорд побито {margin:by}",
    "since.high": "найвищий показник {since:since}[ ({before})]",
    "since.low": "найнижчий показник {since:since}[ ({before})]",
    "rank.first.high": "найвищий місячний показник[ {start:since}]",
    "rank.first.low": "найнижчий місячний показник[ {start:since}]",
    "rank.nth.high": "{rank} найвищий місячний показник[ {start:since}]",
    "rank.nth.low": "{rank} найнижчий місячний показник[ {start:since}]",
    "rank.among.high": "серед {count} найвищих місячних показників[ {start:since}]",
    "rank.among.low": "серед {count} найнижчих місячних показників[ {start:since}]",
    "rank.rest.high": "[, без урахування {excluding:apart}][, нижче, ніж {ahead:in}]",
    "rank.rest.low": "[, без урахування {excluding:apart}][, вище, ніж {ahead:in}]",
    "streak.rise": "зростання {nth} місяць поспіль[ з {day}]",
    "streak.rise.one": "зростання порівняно з попереднім місяцем",
    "streak.fall": "зниження {nth} місяць поспіль[ з {day}]",
    "streak.fall.one": "зниження порівняно з попереднім місяцем",
    "streak.acceleration": "прискорення {nth} місяць поспіль[ з {day}]",
    "streak.acceleration.one": "прискорення порівняно з попереднім місяцем",
    "streak.slowing": "уповільнення {nth} місяць поспіль[ з {day}]",
    "streak.slowing.one": "уповільнення порівняно з попереднім місяцем",
    "streak.record": "рекорд {nth} місяць поспіль[ з {day}]",
    "streak.record.one": "рекорд[ з {day}]",
    "streak.nights": "{nth:f} ніч поспіль з атаками[ з {day}]",
    "streak.nights.one": "перша ніч поспіль з атаками[ з {day}]",
    "change.up": (
        f"{{size:by}} більше[{{daily}} {_BY_DAY}], ніж {{base:in}}[ ({{before}})]"
        f"[, {{per_day}} {_BY_DAY}]"
    ),
    "change.down": (
        f"{{size:by}} менше[{{daily}} {_BY_DAY}], ніж {{base:in}}[ ({{before}})]"
        f"[, {{per_day}} {_BY_DAY}]"
    ),
    "change.flat": (
        f"зміна {{size:by}}[{{daily}} {_BY_DAY}] проти {{base:of}}[ ({{before}})]"
        f"[, {{per_day}} {_BY_DAY}]"
    ),
    "multiple.more": (f"[{{hedge}} ]у {{number}} {_TIMES} більше, ніж {{base:in}}[ ({{before}})]"),
    "multiple.less": "[{hedge} ]{number} показника {base:of}[ ({before})]",
    "threshold.above": "{bound:over}[, уперше {since:since}]",
    "threshold.below": "менше ніж {bound}[, уперше {since:since}]",
    "threshold.at least": "щонайменше {bound}[, уперше {since:since}]",
    "threshold.at most": "щонайбільше {bound}[, уперше {since:since}]",
    "threshold.ever": ", уперше",
    "total.most": (
        "найбільший підсумок за {count:будь-який|будь-які|будь-які|будь-які} {count} "
        "{count:місяць|місяці|місяців|місяця} поспіль"
    ),
    "window.above": f"більше[{{daily}} {_BY_DAY}], ніж {{spans:in}}[ ({{before}})]",
    "window.below": f"менше[{{daily}} {_BY_DAY}], ніж {{spans:in}}[ ({{before}})]",
    "window.multiple.more": (
        f"[{{hedge}} ]у {{number}} {_TIMES} більше[{{daily}} {_BY_DAY}], ніж {{spans:in}}"
        "[ ({before})]"
    ),
    "window.multiple.less": (
        f"[{{hedge}} ]{{number}} показника {{spans:for}}[ ({{before}})][{{daily}} {_BY_DAY}]"
    ),
    "window.percent.up": (
        f"{{size:by}} більше[{{daily}} {_BY_DAY}], ніж {{spans:in}}[ ({{before}})]"
    ),
    "window.percent.down": (
        f"{{size:by}} менше[{{daily}} {_BY_DAY}], ніж {{spans:in}}[ ({{before}})]"
    ),
    "window.difference.up": (
        f"{{size:by}} більше[{{daily}} {_BY_DAY}], ніж {{spans:in}}[ ({{before}})]"
    ),
    "window.difference.down": (
        f"{{size:by}} менше[{{daily}} {_BY_DAY}], ніж {{spans:in}}[ ({{before}})]"
    ),
    "share.of": "{percent} {whole:of}",
    "share.unknown": "від загального ({whole})",
    "mean.per_day": "у середньому {mean} на добу[ {span}]",
    "net.parts": "[здобуто {gained}][{both}, ][втрачено {lost}]",
    "sign.negative": "нижче нуля[, уперше {since:since}]",
    "sign.positive": "вище нуля[, уперше {since:since}]",
    "sign.ever": ", уперше",
    "nights.without": "{count} {count:ніч|ночі|ночей|ночі} без атак",
    "nights.with": "{count} {count:ніч|ночі|ночей|ночі} з атаками",
    "nights.none": "жодної ночі без атак",
    "nights.all": "атаки в усі {count} {count:ніч|ночі|ночей|ночі}",
    "nights.since": "атаки щоночі з {day}",
    "pace.above": (
        "за нинішнього темпу[ {value} до кінця місяця][{both} та][ більше, ніж {base:in}]"
    ),
    "pace.below": (
        "за нинішнього темпу[ {value} до кінця місяця][{both} та][ менше, ніж {base:in}]"
    ),
}


class Ukrainian(Language):
    """Every sentence has a noun of its own (показник, місяць), with which its words agree."""

    code = "uk"
    conjunction = "та"
    per_day = "на добу"
    # у червні; червня; з червня; до червня; за червень; of spans, without "разом";
    # червень 2025 року; of figures: на 700 дронів; понад 700 дронів
    forms = ("in", "of", "since", "to", "for", "apart", "full", "by", "over")
    plurals = ("one", "few", "many", "other")
    listed = 1
    hedges = _HEDGES
    units = _UNITS
    terms = _TERMS
    sentences = _SENTENCES

    def ordinal(self, number: int) -> Phrase:
        """``третій``; from 13 on in figures; ``f`` for "третя"."""
        teens = 11 <= number % 100 <= 19
        tail = "та" if teens else _TAILS.get(number % 10, "та")

        def make(form: str) -> str:
            if not 1 <= number <= len(_ORDINALS):
                return f"{number}-{tail if form == 'f' else 'й'}"
            word = _ORDINALS[number - 1]
            if form != "f":
                return word
            return word[:-2] + ("я" if word.endswith("ій") else "а")

        return Phrase(make, ("f",))

    def span(self, first: pd.Period, last: pd.Period) -> str:
        """``у червні 2025 року``, ``із січня до червня 2025 року``."""
        if first == last:
            return f"{self.month(last):in}"
        begins = self._month(first, "since", year=first.year != last.year)
        return f"{self._put('since', begins)} {self.month(last):to}"

    def day(self, day: dt.date) -> str:
        """``10 травня 2025 року``."""
        return f"{self._day(day)} {day.year} року"

    def days(self, first: dt.date, last: dt.date) -> str:
        """``з 1 січня до 10 травня 2025 року``."""
        begins = self._day(first) if first.year == last.year else self.day(first)
        return f"з {begins} до {self.day(last)}"

    def lead(self, subject: str, when: str) -> str:
        """What it is about, and when."""
        return self.smooth(super().lead(subject, when))

    def smooth(self, text: str) -> str:
        """After a vowel "у" is "в"; before в and ф it stays."""
        return _BETWEEN.sub("в", text)

    def _day(self, day: dt.date) -> str:
        return f"{day.day} {locale_of(self.code).months[day.month - 1]}"

    def _month(self, month: pd.Period, form: str, *, year: bool = True) -> str:
        locale = locale_of(self.code)
        names = locale.months  # the genitive
        if form == "in":
            names = _LOCATIVES
        elif form in ("", "for", "full"):
            names = locale.months_alone
        name = names[month.month - 1]
        if not year:
            return name
        return f"{name} {month.year}{' року' if form else ''}"

    def _put(self, form: str, words: str) -> str:
        if form == "since":
            return f"{'із' if words[0] == 'с' else 'з'} {words}"
        before = {"in": "у ", "to": "до ", "for": "за "}.get(form, "")
        return f"{before}{words}"

    def _figure(self, hedge: str, number: str, unit: str, plural: int, form: str) -> str:
        accusative = 4 if form in ("by", "over") and plural == 0 else plural
        words = self._with_unit(number, unit, accusative)
        before = {"by": "на ", "over": "понад "}.get(form, "")
        return f"{hedge} {before}{words}".strip()

    def _spans(self, spans: Sequence[Span], form: str) -> str:
        together = " разом" if len(spans) > 1 and form != "apart" else ""
        case = "of" if form == "apart" else form
        years = [year_of(span) for span in spans]
        if all(years):
            nouns = {"in": ("році", "роках"), "of": ("року", "років")}
            one, many = nouns.get(case, ("рік", "роки"))
            listed = self.join([str(year) for year in years])
            return f"{self._put(case, listed)} {one if len(years) == 1 else many}{together}"
        items = [
            self._spans([span], case) if year else self._span(span, case)
            for span, year in zip(spans, years, strict=True)
        ]
        return self.join(items) + together

    def _span(self, span: Span, form: str) -> str:
        """One span that is no whole year."""
        first, last = span
        if first == last:
            return format(self.month(last), form)
        words = self.span(first, last)
        before = {"in": "", "of": "періоду ", "for": "за період "}.get(form, "період ")
        return f"{before}{words}"
