"""Numbers in figures and in words, with the hedge before them and the unit after them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from trends.reading._words import (
    FRACTIONS,
    HEDGES,
    KM2_PER_SQUARE_MILE,
    ORDINALS,
    SCALES,
    SMALL,
    TENS,
    TIMES,
    Hedge,
)  # fmt: skip

_NUMBER_WORDS = "|".join([*TENS, *sorted(SMALL, key=len, reverse=True), *SCALES])
FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)|\d+(?:\.\d+)?(?!\d|,\d|\.\d)"
IN_WORDS = (
    rf"(?:an? )?(?:{_NUMBER_WORDS})(?:[ -](?:{_NUMBER_WORDS})| and (?:{_NUMBER_WORDS})){{0,6}}"
)
CARDINAL = rf"(?:{FIGURE}|{IN_WORDS})"
_FRACTION = (
    r"(?:(?:an? |one[ -])?(?:half|quarter)|(?:an? |one[ -])(?:third|fifth|sixth|eighth|tenth)|"
    r"two[ -]thirds|three[ -]quarters|(?:two|three|four)[ -]fifths|"
    r"(?:one|two|three|four|nine) (?:out of|in) (?:every )?(?:two|three|four|five|ten)(?! \w+ths))"
)
_HEDGE = "|".join(f"(?P<h{i}>{words})" for i, words in enumerate(HEDGES.values()))
_UNIT = (
    r"(?P<km2>sq(?:uare|\.)? ?(?:km|kms|kilomet(?:er|re)s?)\b\.?|km2|km ?\^ ?2|km sq\b)|"
    r"(?P<mile>sq(?:uare|\.)? ?(?:mi|miles?)\b\.?|mi2)|(?P<hectare>hectares?\b|ha\b)|"
    r"(?P<points>(?:percentage[ -])?points?\b|p\.p\.|pp\b|percentage points?\b)|"
    r"(?P<percent>% points?\b|%|per ?cent\b|pct\b)|"
    r"(?P<count>(?:separate |consecutive |straight |successive |different )?"
    r"(?P<what>nights?|days?|weeks?|months?|years?|hours?)\b)"
)
_NUMERAL = re.compile(
    rf"(?:(?:{_HEDGE}) )?(?:an? )?(?:only |just )?(?:the )?"
    rf"(?P<sign>[-+])?(?P<number>{CARDINAL})(?:\+(?! ))?"
    rf"(?: (?P<scale>thousand|million)\b)?(?:[ -]?(?:{_UNIT}))?"
)
_MULTIPLE = re.compile(
    rf"(?:(?:by )?(?:{_HEDGE}) )?(?:"
    rf"(?P<number>{CARDINAL})(?:[ -](?P<half>and a half))?(?:[ -]times\b|[ -]?fold\b|x\b)"
    rf"(?P<as>(?: as (?:many|much|high|large|big|fast))?)"
    rf"|(?P<word>{'|'.join(sorted(TIMES, key=len, reverse=True))})\b"
    r"(?: as (?:many|much|high|large|big|fast))?"
    rf"|(?P<fraction>{_FRACTION})\b(?! of the (?:month|year)\b)"
    r"|(?P<halved>halved|halving|halves)\b)"
    r"(?P<more>(?: as)? (?:more|higher|larger|bigger|faster|fewer|less|lower|smaller|slower)\b)?"
)
_ORDINAL = re.compile(
    rf"(?:(?P<figure>\d{{1,3}})(?:st|nd|rd|th)|(?P<word>{'|'.join(ORDINALS)}))\b(?!-(?:time))"
)
_RANGE = re.compile(rf"(?:between )?(?P<low>{FIGURE})(?: ?- ?| to | and )(?P<high>{FIGURE})\b")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed; `note` says what was converted."""

    value: Decimal
    hedge: Hedge = ""
    unit: str = ""  # km2, percent, points, nights, days, weeks, months, years, hours
    note: str = ""
    words: str = ""
    more: str = ""  # the "more" of "three times more"

    def is_share(self) -> bool:
        """Whether it is so many out of so many: "four in five"."""
        return self.unit == "fraction" and " in " in self.words


def _hedge(match: re.Match[str]) -> Hedge:
    for i, hedge in enumerate(HEDGES):
        if match.groupdict().get(f"h{i}"):
            return hedge
    return ""


def cardinal(words: str) -> Decimal | None:
    """``1,246``, ``fourteen``, ``two hundred and six`` or ``a dozen`` as a number."""
    if words[0].isdigit():
        return Decimal(words.replace(",", ""))
    total = current = 0
    last = 10**9
    for word in words.replace("-", " ").split():
        if word in ("a", "an", "and"):
            continue
        if word in SCALES:
            scale = SCALES[word]
            if scale > 999:
                total, current, last = total + max(current, 1) * scale, 0, scale
            else:
                current, last = max(current, 1) * scale, scale
            continue
        n = SMALL.get(word, TENS.get(word, 0))
        if last <= n:
            return None  # "three four" is no number
        current, last = current + n, 10 if n >= 20 else 0
    return Decimal(total + current)


def read_number(text: str, at: int) -> tuple[Number, int] | None:
    """The number that starts there, and where it ends."""
    match = _NUMERAL.match(text, at)
    if match is None or _split(text, match):
        return None
    value = cardinal(match["number"])
    if value is None or _year(match, value):
        return None
    if match["scale"]:
        value *= SCALES[match["scale"]]
    hedge, note, unit = _hedge(match), "", ""
    if match["number"] + "+" in match[0]:
        hedge = "more than"
    if match["sign"] == "-":
        value = -value
    if match["km2"]:
        unit = "km2"
    elif match["mile"] or match["hectare"]:
        value, hedge, note = _converted(value, hedge, bool(match["mile"]))
        unit = "km2"
    elif match["points"] or (match["percent"] and "point" in match["percent"]):
        unit = "points"
    elif match["percent"]:
        unit = "percent"
    elif match["what"]:
        unit = match["what"].rstrip("s") + "s"
    return Number(value, hedge, unit, note, match[0]), match.end()


def _year(match: re.Match[str], value: Decimal) -> bool:
    """Whether it is a year: "the 2025 average"."""
    bare = len(match["number"]) == 4 and match["number"].isdigit()
    return bare and 1990 < value < 2100 and match[0] == f"the {match['number']}"


def _converted(value: Decimal, hedge: Hedge, mile: bool) -> tuple[Decimal, Hedge, str]:
    """In km2, with the decimals that were printed. The last digit is a conversion's, so "about"."""
    exact = value * KM2_PER_SQUARE_MILE if mile else value / 100
    decimals = max(0, -int(value.as_tuple().exponent))
    km2 = exact.quantize(Decimal(1).scaleb(-decimals if mile else -decimals - 2))
    name = "square miles" if mile else "hectares"
    return km2, hedge or "about", f"{value:,f} {name} is {km2:,f} km\N{SUPERSCRIPT TWO}"


def _split(text: str, match: re.Match[str]) -> bool:
    """Whether the number runs on into letters or digits: ``A-50``, ``5,3``, ``2nd``."""
    end = match.end("number")
    if match.end() == end and re.match(r"-[a-z]", text[end : end + 2]):
        return True  # "one-way"
    if text[end : end + 1].isalpha() and match.end() == end:
        return True
    return text[end : end + 2].startswith(",") and text[end + 1 : end + 2].isdigit()


def read_multiple(text: str, at: int) -> tuple[Number, int] | None:
    """``double``, ``three times``, ``fourteen-fold``, ``two-thirds``."""
    match = _MULTIPLE.match(text, at)
    if match is None:
        return None
    words = (match["more"] or "").removeprefix(" as").strip()
    if match["number"]:
        value = cardinal(match["number"])
        if value is None:
            return None
        value += Decimal("0.5") if match["half"] else 0
        return Number(value, _hedge(match), "times", more=words), match.end()
    if match["word"]:
        return Number(
            Decimal(TIMES[match["word"]]), _hedge(match), "times", more=words
        ), match.end()
    if match["halved"]:
        return Number(Decimal("0.5"), _hedge(match), "times", more=words), match.end()
    name = match["fraction"].replace("-", " ")
    name = re.sub(r" (?:out of|in)(?: every)? ", " in ", name)
    if " in " not in name:
        name = name.removeprefix("an ").removeprefix("a ").removeprefix("one ")
    if name not in FRACTIONS:
        return None
    share, percent = FRACTIONS[name]
    number = Number(Decimal(share), _hedge(match), "fraction", str(percent), name, more=words)
    return number, match.end()


def read_ordinal(text: str, at: int) -> tuple[int, int] | None:
    """``third``, ``13th``."""
    match = _ORDINAL.match(text, at)
    if match is None:
        return None
    return int(match["figure"]) if match["figure"] else ORDINALS[match["word"]], match.end()


def read_range(text: str, at: int) -> tuple[tuple[Decimal, Decimal], int] | None:
    """``770-780``, ``between 770 and 780``."""
    match = _RANGE.match(text, at)
    if match is None:
        return None
    low, high = (Decimal(match[k].replace(",", "")) for k in ("low", "high"))
    if not low < high < 3 * low or (low < 32 and "between" not in match[0]):
        return None
    if 1990 < low < 2100 and high < 2100:
        return None  # years
    return (low, high), match.end()
