"""French."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from trends.wording._babel import locale_of
from trends.wording._language import Language, Span, year_of
from trends.wording._phrases import Phrase

_ORDINALS = (
    "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième",
    "neuvième", "dixième", "onzième", "douzième",
)  # fmt: skip
_VOWELS = frozenset("aàâeéèêiîoôuûy")
_BY_DAY = "en moyenne journalière"
_HEDGES = {
    "about": "environ", "almost": "près de", "more than": "plus de", "less than": "moins de",
}  # fmt: skip
_UNITS = {
    "drones": "drone|drones",
    "missiles": "missile|missiles",
    "weapons": "engin|engins",
    "km2": "km²",
    "nights": "nuit|nuits",
    "days": "jour|jours",
    "events": "événement|événements",
    "fatalities": "mort|morts",
    "deaths": "mort|morts",
    "fires": "incendie|incendies",
    "%": "%",
    "percent": "%",
    "percentage points": "point de pourcentage|points de pourcentage",
}
_TERMS = {
    "drones": "drones|des drones",
    "missiles": "missiles|des missiles",
    "weapons": "engins|des engins",
    "fires": "incendies|des incendies",
    "territory": "territoire|du territoire",
    "drones launched": "drones lancés|des drones lancés",
    "missiles launched": "missiles lancés|des missiles lancés",
    "drones + missiles launched": "drones et missiles lancés|des drones et missiles lancés",
    "drones shot down": "drones abattus|des drones abattus",
    "missiles shot down": "missiles abattus|des missiles abattus",
    "drones destroyed": "drones abattus|des drones abattus",
    "missiles destroyed": "missiles abattus|des missiles abattus",
    "drones shot down, percent of those launched": "part des drones lancés qui ont été abattus",
    "missiles shot down, percent of those launched": (
        "part des missiles lancés qui ont été abattus"
    ),
    "cruise missiles launched": "missiles de croisière lancés|des missiles de croisière lancés",
    "ballistic missiles launched": (
        "missiles balistiques lancés|des missiles balistiques lancés"
    ),
    "interception rate": "taux d'interception",
    "drones of the largest night": "drones de la nuit la plus intense",
    "drones largest night": "drones de la nuit la plus intense",
    "missiles of the largest night": "missiles de la nuit la plus intense",
    "missiles largest night": "missiles de la nuit la plus intense",
    "drones and missiles of the largest night": "drones et missiles de la nuit la plus intense",
    "nights without drones": "nuits sans drones|des nuits sans drones",
    "drones nights without": "nuits sans drones|des nuits sans drones",
    "nights without missiles": "nuits sans missiles|des nuits sans missiles",
    "missiles nights without": "nuits sans missiles|des nuits sans missiles",
    "net territorial gain": "gain territorial net|du gain territorial net",
    "territory km2": "gain territorial net|du gain territorial net",
    "territory gained km2": "territoire pris|du territoire pris",
    "territory lost km2": "territoire perdu|du territoire perdu",
    "area km2": "territoire sous contrôle russe|du territoire sous contrôle russe",
    "territory under Russian control": (
        "territoire sous contrôle russe|du territoire sous contrôle russe"
    ),
    "change of territory under Russian control": (
        "variation du territoire sous contrôle russe"
    ),
    "change of territory": "variation du territoire",
    "gained": "pris", "lost": "perdu", "net": "net",
    "events of lethal violence": "événements meurtriers|des événements meurtriers",
    "events recorded by ACLED": (
        "événements recensés par l'ACLED|des événements recensés par l'ACLED"
    ),
    "fatalities recorded by ACLED": (
        "décès recensés par l'ACLED|des décès recensés par l'ACLED"
    ),
    "deaths (best)": "morts (estimation centrale)|des morts (estimation centrale)",
    "deaths (low)": "morts (estimation basse)|des morts (estimation basse)",
    "deaths (high)": "morts (estimation haute)|des morts (estimation haute)",
    "fires attributed to the war": (
        "incendies attribués à la guerre|des incendies attribués à la guerre"
    ),
    "fires in Ukraine-held area": "incendies en zone tenue par l'Ukraine",
    "fires in Russia-held area": "incendies en zone tenue par la Russie",
}  # fmt: skip
_SENTENCES = {
    "record.month.high": (
        "le plus haut niveau mensuel jamais enregistré[ (depuis {start})][, le {day}]"
    ),
    "record.month.low": (
        "le plus bas niveau mensuel jamais enregistré[ (depuis {start})][, le {day}]"
    ),
    "record.night.high": (
        "le plus haut niveau jamais enregistré en une nuit[ (depuis {start})][, le {day}]"
    ),
    "record.beats": (", battant [{margin:of} ]le précédent record[ {previous:of}][ ({before})]"),
    "record.margin": ", battant {margin:of} le précédent record",
    "since.high": "le plus haut niveau depuis {since}[ ({before})]",
    "since.low": "le plus bas niveau depuis {since}[ ({before})]",
    "rank.first.high": "le plus haut niveau mensuel[ depuis {start}]",
    "rank.first.low": "le plus bas niveau mensuel[ depuis {start}]",
    "rank.nth.high": "le {rank} plus haut niveau mensuel[ depuis {start}]",
    "rank.nth.low": "le {rank} plus bas niveau mensuel[ depuis {start}]",
    "rank.among.high": "parmi les {count} plus hauts niveaux mensuels[ depuis {start}]",
    "rank.among.low": "parmi les {count} plus bas niveaux mensuels[ depuis {start}]",
    "rank.rest.high": "[, hors {excluding:apart}][, derrière {ahead}]",
    "rank.rest.low": "[, hors {excluding:apart}][, derrière {ahead}]",
    "streak.rise": "en hausse pour le {nth} mois consécutif[ depuis le {day}]",
    "streak.rise.one": "en hausse par rapport au mois précédent",
    "streak.fall": "en baisse pour le {nth} mois consécutif[ depuis le {day}]",
    "streak.fall.one": "en baisse par rapport au mois précédent",
    "streak.acceleration": "en accélération pour le {nth} mois consécutif[ depuis le {day}]",
    "streak.acceleration.one": "en accélération par rapport au mois précédent",
    "streak.slowing": "en ralentissement pour le {nth} mois consécutif[ depuis le {day}]",
    "streak.slowing.one": "en ralentissement par rapport au mois précédent",
    "streak.record": "record battu pour le {nth} mois consécutif[ depuis le {day}]",
    "streak.record.one": "un record[ depuis le {day}]",
    "streak.nights": "la {nth:f} nuit consécutive avec une attaque[ depuis le {day}]",
    "streak.nights.one": "la première nuit consécutive avec une attaque[ depuis le {day}]",
    "change.up": (
        f"en hausse {{size:of}}[{{daily}} {_BY_DAY}] par rapport à {{base}}[ ({{before}})]"
        f"[, {{per_day}} {_BY_DAY}]"
    ),
    "change.down": (
        f"en baisse {{size:of}}[{{daily}} {_BY_DAY}] par rapport à {{base}}[ ({{before}})]"
        f"[, {{per_day}} {_BY_DAY}]"
    ),
    "change.flat": (
        f"variation {{size:of}}[{{daily}} {_BY_DAY}] par rapport à {{base}}[ ({{before}})]"
        f"[, {{per_day}} {_BY_DAY}]"
    ),
    "multiple.more": "[{hedge} ]{number} fois le niveau {base:of}[ ({before})]",
    "multiple.less": "[{hedge} ]{number} fois le niveau {base:of}[ ({before})]",
    "threshold.above": "au-dessus de {bound}[, pour la première fois depuis {since}]",
    "threshold.below": "au-dessous de {bound}[, pour la première fois depuis {since}]",
    "threshold.at least": "au moins {bound}[, pour la première fois depuis {since}]",
    "threshold.at most": "au plus {bound}[, pour la première fois depuis {since}]",
    "threshold.ever": ", pour la première fois",
    "total.most": (
        "le total le plus élevé jamais enregistré sur {count} mois {count:consécutif|consécutifs}"
    ),
    "window.above": f"plus {{spans:than}}[ ({{before}})][{{daily}} {_BY_DAY}]",
    "window.below": f"moins {{spans:than}}[ ({{before}})][{{daily}} {_BY_DAY}]",
    "window.multiple.more": (
        f"[{{hedge}} ]{{number}} fois le total {{spans:of}}[ ({{before}})][{{daily}} {_BY_DAY}]"
    ),
    "window.multiple.less": (
        f"[{{hedge}} ]{{number}} fois le total {{spans:of}}[ ({{before}})][{{daily}} {_BY_DAY}]"
    ),
    "window.percent.up": (
        f"en hausse {{size:of}} par rapport à {{spans}}[ ({{before}})][{{daily}} {_BY_DAY}]"
    ),
    "window.percent.down": (
        f"en baisse {{size:of}} par rapport à {{spans}}[ ({{before}})][{{daily}} {_BY_DAY}]"
    ),
    "window.difference.up": (
        f"{{size}} de plus {{spans:than}}[ ({{before}})][{{daily}} {_BY_DAY}]"
    ),
    "window.difference.down": (
        f"{{size}} de moins {{spans:than}}[ ({{before}})][{{daily}} {_BY_DAY}]"
    ),
    "share.of": "{percent} {whole:of}",
    "share.unknown": "du total ({whole})",
    "mean.per_day": "{mean} par jour en moyenne[ {span}]",
    "net.parts": "[gains {gained:of}][{both} et ][pertes {lost:of}]",
    "sign.negative": "au-dessous de zéro[, pour la première fois depuis {since}]",
    "sign.positive": "au-dessus de zéro[, pour la première fois depuis {since}]",
    "sign.ever": ", pour la première fois",
    "nights.without": "{count} {count:nuit|nuits} sans attaque",
    "nights.with": "{count} {count:nuit|nuits} avec une attaque",
    "nights.none": "aucune nuit sans attaque",
    "nights.all": "une attaque chacune des {count} nuits",
    "nights.since": "une attaque chaque nuit depuis le {day}",
    "pace.above": "à ce rythme,[ {value} en fin de mois][{both} et][ davantage {base:than}]",
    "pace.below": "à ce rythme,[ {value} en fin de mois][{both} et][ moins {base:than}]",
}


class French(Language):
    """Numbers take no article and no gender here, so that any quantity fits the sentence."""

    code = "fr"
    conjunction = "et"
    colon = "\N{NO-BREAK SPACE}:"
    semicolon = "\N{NARROW NO-BREAK SPACE};"
    per_day = "par jour"
    # en juin 2025, en 2023 et en 2024 réunis; de juin, d'août; qu'en juin; of spans, without
    # "réunis"
    forms = ("in", "of", "than", "apart")
    plurals = ("one", "other")
    listed = 1
    hedges = _HEDGES
    units = _UNITS
    terms = _TERMS
    sentences = _SENTENCES

    def ordinal(self, number: int) -> Phrase:
        """``troisième``; from 13 on in figures; ``f`` for "première"."""

        def make(form: str) -> str:
            if number == 1:
                return "première" if form == "f" else "premier"
            return _ORDINALS[number - 2] if 2 <= number <= 12 else f"{number}e"

        return Phrase(make, ("f",))

    def span(self, first: pd.Period, last: pd.Period) -> str:
        """``en juin 2025``, ``de janvier à juin 2025``."""
        if first == last:
            return f"{self.month(last):in}"
        begins = self._month(first, "", year=first.year != last.year)
        return f"{_elided('de', begins)} à {self.month(last)}"

    def day(self, day: dt.date) -> str:
        """``1er mai 2025``."""
        return f"{self._day(day)} {day.year}"

    def days(self, first: dt.date, last: dt.date) -> str:
        """``du 1er janvier au 10 mai 2025``."""
        begins = self._day(first) if first.year == last.year else self.day(first)
        return f"du {begins} au {self.day(last)}"

    def _day(self, day: dt.date) -> str:
        name = locale_of(self.code).months[day.month - 1]
        return f"{'1er' if day.day == 1 else day.day} {name}"

    def _month(self, month: pd.Period, form: str, *, year: bool = True) -> str:
        name = locale_of(self.code).months[month.month - 1]
        return f"{name} {month.year}" if year else name

    def _put(self, form: str, words: str) -> str:
        if form == "in":
            return f"en {words}"
        if form == "of":
            return _elided("de", words)
        return _elided("que", f"en {words}") if form == "than" else words

    def _figure(self, hedge: str, number: str, unit: str, plural: int, form: str) -> str:
        words = f"{hedge} {self._with_unit(number, unit, plural)}".strip()
        return _elided("de", words) if form == "of" else words

    def _spans(self, spans: Sequence[Span], form: str) -> str:
        items = []
        for first, last in spans:
            year = year_of((first, last))
            words = str(year) if year else str(self.month(last))
            before = "en "
            if not year and first != last:
                words, before = f"la période {self.span(first, last)}", "sur "
            items.append(f"{before}{words}" if form in ("in", "than") else words)
        words = self.join(items)
        if len(items) > 1 and form != "apart":
            words += " réunis"
        return _elided({"than": "que", "of": "de"}.get(form, ""), words)


def _elided(before: str, words: str) -> str:
    """``d'août``, ``qu'en juin``: the little word loses its vowel before another."""
    if not before:
        return words
    return f"{before[:-1]}'{words}" if words[:1].lower() in _VOWELS else f"{before} {words}"
