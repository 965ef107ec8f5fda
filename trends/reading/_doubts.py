"""Ways of saying more, or something else, than the words of a clause seem to: left unread."""

from __future__ import annotations

import re
from itertools import pairwise

from trends.reading._items import Item
from trends.reading._parts import Part
from trends.reading._story import Story

_N = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?)"
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "a city, not the country",
        re.compile(
            r"\b(?:kyiv|kiev)(?: has| had| also| itself| was| again| just){0,2} (?:endured|"
            r"suffered|faced|saw|weathered|witnessed|experienced|came under|survived|braced|hit|"
            r"struck|attacked|bombed|pounded|pummelled|pummeled|battered|targeted|woke)\b|"
            r"\b(?:city|town|capital)\b"
        ),
    ),
    (
        "so many each, not together",
        re.compile(
            rf"\beach (?:of (?:which|them|these|those)|with|involv\w+|us\w+|featur\w+)\b|"
            rf"\b{_N} (?:\w+ ){{0,2}}(?:each|apiece)\b(?! (?:day|night|month))"
        ),
    ),
    (
        "a ratio of one to the other",
        re.compile(
            r"\b(?:for (?:every|each)|per) (?:\w+ )?(?:drones?|missiles?|attacks?|strikes?|raids?|"
            r"launch(?:es)?|capita|person|soldiers?)\b"
        ),
    ),
    (
        "all but some",
        re.compile(
            r"\b(?:every|each|all)\b.*\b(?:but|except|save|bar)(?: for)? (?:the |on )?"
            rf"(?:{_N}|a|first|last)\b|\ball but {_N}\b|"
            r"\b(?:every|each|all|any) (?:other )?(?:months?|nights?|days?) "
            r"(?:but|except|save|bar)\b"
        ),
    ),
    (
        "one of two numbers",
        re.compile(
            rf"\bbetween {_N}(?: ?%| per ?cent)? (?:and|to) {_N} ?(?:times|%|per ?cent)|"
            rf"\b{_N} (?:or|to) {_N} (?:times|%|per ?cent)|"
            rf"\b\d+ ?%? ?- ?\d+ ?(?:%|per ?cent|times|-?fold)|\b{_N} or {_N}\b"
        ),
    ),
    (
        "whose gain it is",
        re.compile(
            r"(?<!in )(?<!on )(?<!of )(?<!into )(?<!for )(?<!against )\b(?:ukrain\w+|kyiv)(?:'s)? "
            r"(?:(?!russia|moscow|kremlin|occup|enem|invad|aggress|deepstate)[\w-]+ ){0,4}"
            r"(?:net )?(?:gains?|advances?|progress)\b(?! (?:for|by) russia)|"
            r"\b(?:russia\w*|moscow)(?:'s)?"
            r"(?: (?:army|forces|troops|soldiers|military|has|have|had))* "
            r"(?:liberated|regained|recaptured|retook|reclaimed|freed)\b"
        ),
    ),
    (
        "beside which other figure it is not understood",
        re.compile(
            r"\b(?:short of|shy of|just (?:under|below|over|above)|close to|nearly|almost|near|"
            r"matching|approaching|nearing|not far (?:off|from)) (?:the|its|their) \d"
        ),
    ),
    (
        "what Ukraine did is not among the series",
        re.compile(
            r"\bthan (?:the )?(?:ukrain\w+|kyiv)(?: forces| troops| army)? (?:did|has|had|w)"
        ),
    ),
)
_RATIO = re.compile(r"\bfor (?:every|each) (?!(?:single )?(?:month|night|day)\b)")
_ACROSS = ("all but some", "one of two numbers", "so many each, not together")
_QUESTION = "a question, not a statement"
_UP_TO = frozenset({"by", "until", "till", "before"})
_LOST = frozenset({"lost", "loss", "losses", "losing"})
_OF_SHARES = frozenset({"rate", "rates", "share", "shares", "proportion", "percentage", "average"})


def doubt(story: Story, part: Part) -> str:
    """Why a clause may say something else than it seems to, if so."""
    # what stands on either side of an "and" is looked at with it
    text = part.text(story.plain)
    at = story.parts.index(part)
    near = text
    if at and part.lead in ("and", "but", "with") and not part.hard:
        near = f"{story.parts[at - 1].text(story.plain)} {part.lead} {text}"
    if at + 1 < len(story.parts) and part.tail in ("and", "but"):
        near = f"{near} {part.tail} {story.parts[at + 1].text(story.plain)}"
    for why, rule in _RULES:
        if rule.search(text) or (why in _ACROSS and rule.search(near)):
            return why
    if _each_of_two(part, text):
        return "of each or of both together is not said"
    if _lost(part):
        return "what was lost is not what was launched"
    if _two_series(part):
        return "drones beside missiles are not compared"
    if _of_a_mean(part):
        return "a mean of what is not said"
    if _rate(part):
        return "the highest or lowest of a share or a mean, not of a number"
    return ""


def of_sentences(story: Story) -> dict[int, str]:
    """The parts of sentences that are not read as a whole, by their identity: questions."""
    asked: dict[int, str] = {}
    sentence: list[Part] = []
    after = False
    for k, part in enumerate(story.parts):
        if part.hard:
            sentence = []
        sentence.append(part)
        last = k + 1 == len(story.parts) or story.parts[k + 1].hard
        if not last:
            continue
        if any(i.words == "respectively" for p in sentence for i in p.items):
            asked |= {id(p): "which of the numbers is of which, 'respectively'" for p in sentence}
        if any(_RATIO.search(p.text(story.plain)) for p in sentence):
            asked |= {id(p): "a ratio of one to the other" for p in sentence}
        if any(_up_to_a_day(p) for p in sentence):
            asked |= {id(p): "up to a day within the month" for p in sentence}
        if part.tail == "?":
            asked |= {id(p): _QUESTION for p in sentence}
            after = True
        elif after and not any(p.has("SERIES") for p in sentence):
            asked |= {id(p): "it answers a question" for p in sentence}
        else:
            after = False
    return asked


def _up_to_a_day(part: Part) -> bool:
    """``by May 20``, ``as of 28 December``: not the month, which goes on."""
    for item in part.items:
        before = part.before(item)
        day = item.tag == "TIME" and item.time.kind == "day" and before is not None
        if not day or before is None or part.has("PACE"):
            continue
        earlier = part.before(item, 2)
        as_of = before.words == "of" and earlier is not None and earlier.words == "as"
        if before.words in _UP_TO or as_of:
            return True
    return False


def _of_a_mean(part: Part) -> bool:
    """``20% above the six-month average``; but "averaged 181 a day, up 5% on May" is of days."""
    compared = False
    for item in part.items:
        compared = compared or item.tag in ("BASE", "SIDE", "MORE", "OVER", "BREAK", "TIMES")
        if item.tag == "MEAN" and (compared or (part.has("PERCENT") and not part.has("DAILY"))):
            return True
    return False


def _lost(part: Part) -> bool:
    launched = any(i.tag == "SERIES" and "_launched" in str(i.value) for i in part.items)
    return launched and any(i.tag == "LOSS" and i.words in _LOST for i in part.items)


def _each_of_two(part: Part, text: str) -> bool:
    """``records for both drones and missiles``: a sum is one number."""
    summed = any(i.tag == "SERIES" and "+" in str(i.value) for i in part.items)
    records = any(i.tag == "REC" and i.words == "records" for i in part.items)
    return summed and (records or re.search(r"\bboth\b", text) is not None)


def _two_series(part: Part) -> bool:
    """``twice as many missiles as drones``."""
    named = [
        k for k, i in enumerate(part.items) if i.tag == "SERIES" and "_launched" in str(i.value)
    ]
    for one, other in pairwise(named):
        between = part.items[one + 1 : other]
        if part.items[one].value != part.items[other].value and any(
            i.tag in ("BASE", "OVER", "BREAK") or i.words == "as" for i in between
        ):
            return True
    return False


def _rate(part: Part) -> bool:
    """``the lowest rate of the year``, where launches are spoken of."""
    if part.series.startswith("territory") or any(
        i.tag == "SERIES" and str(i.value).startswith("territory") for i in part.items
    ):
        return False
    for item in part.items:
        if item.tag in ("SUP", "REC") and _noun(part, item) in _OF_SHARES:
            return not part.has("DOWNED")
        if item.tag in ("SUP", "REC") and part.has("DOWNED") and part.has("PERCENT"):
            return True
    return False


def _noun(part: Part, item: Item) -> str:
    """The noun that a superlative is said of."""
    after, steps = part.after(item), 0
    while after is not None and steps < 3 and after.words not in _OF_SHARES and (
        after.tag in ("WORD", "MONTHS", "SHAREOF") and after.words not in ("of", "in", "of the")
    ):  # fmt: skip
        after, steps = part.after(after), steps + 1
    return "" if after is None else after.words
