"""What a clause says that keeps it, and the clauses that lean on it, from being read."""

from __future__ import annotations

import re

from trends.reading._items import Item
from trends.reading._known import is_saying, unknown
from trends.reading._parts import Part
from trends.reading._story import Story
from trends.reading._words import pick

SAID = frozenset({
    "PERCENT", "TIMES", "COUNT", "NTH", "SUP", "REC", "RUN", "SINCE", "TIME", "RANGE", "DAILY",
    "EX", "AMONG", "PACE", "NUMBER", "MEAN", "NIGHT", "UP", "DOWN", "ACC", "SLOW", "SECONDTO",
    "OVER", "BREAK", "LOSS",
})  # fmt: skip
ALL_ON = "*"  # marks a reason that holds for the rest of the sentence, whatever it says
_NEGATED = re.compile(
    r"\bno (?:(?:more|fewer)\b(?! than \d)|longer|record|increase|decrease|rise|gains?)\b"
)
_NIGHTLY = re.compile(r"\b(?:not (?:a|one)|no|without a) (?:single )?(?:\w+ )?(?:night|day)\b")
# "never before so many" says that a record was set
_UNSEEN = re.compile(
    r"(?:\b(?:has|have|had) not \w+ (?:\w+ )?(?:so|as|this|that) \w+\b.*\bsince\b)|"
    r"^never(?: before| yet)?\b.*\b(?:so|as|this) (?:many|much|few|little)\b"
)
# words of other spans than months: what is said of a year is not said of a month
_SPANS = frozenset(
    pick(
        "year|years|yearly|annual|annually|quarter|quarters|quarterly|then|decade|season|seasonal|"
        "spell|anniversary|hour|biweekly|bimonthly|half-yearly|peacetime|ended|ending|reversed|"
        "cumulative|rolling|per-capita|adjusted|typical|usual|normally|usually"
    )
)
_PLACE = "only a part of the front or of the country"
_SCOPES = (_PLACE, "weeks are not months", "hours are not months", "a condition", "Ukraine's own")
# a clause that opens with these says where, when or of what the one beside it speaks
_RESTRICTING = frozenset(
    pick("in|on|at|near|around|across|within|along|outside|inside|from|against|under|among|between|"
         "during|toward|towards|without|if|unless|had|were|over|for|through|throughout|by|"
         "of|only|concentrated|beyond|behind|west|east|north|south")
)  # fmt: skip
_DETAIL = frozenset(
    pick("mostly|mainly|largely|especially|particularly|notably|including|chiefly|primarily|as|"
         "despite|amid|because|with|after|before|when|while|although|though")
)  # fmt: skip
_CONDITION = re.compile(r"^(?:if|unless|provided|assuming)\b|^(?:were|should) (?:\w+ ){1,3}to\b")
_INVERTED = re.compile(r"^had\b")
_UKRAINE = (
    r"(?<!in )(?<!on )(?<!of )(?<!against )(?:ukraine|kyiv|"
    r"ukrainian (?:forces|troops|army|military|armed forces|air force)|"
    r"ukraine's (?:forces|troops|army|military|armed forces|security service|sbu)|the sbu|sbu|"
    r"kyiv's (?:forces|troops|army|military))"
)
_LAUNCHED = (
    r"(?:launche[sd]|launch|fire[sd]?|sent|sends|send|used|uses|struck|strikes|hit|hits|attacked|"
    r"attacks|targeted|conducted|carried out|unleashed|directed|deployed|launching|firing|"
    r"dispatched)"
)
_OWN_STRIKES = re.compile(
    rf"\b{_UKRAINE}(?: has| have| had| also| itself| reportedly| said it| says it| alone)* "
    rf"{_LAUNCHED}\b(?! by\b)|"
    r"\b(?:at|on|against|into|over|towards?|inside|in|across|struck|hit|attacked|targeted) "
    r"(?:targets (?:in|inside) )?(?:(?:russia|moscow|crimea|belarus|poland|romania)\b(?!'s?\b|-)|"
    r"russian (?:territory|regions?|soil|cities|oil|refiner\w+|airfields?|targets|airspace|energy|"
    r"infrastructure|border\w*))|"
    r"\brussia(?:n|'s)? (?:air|anti-aircraft|defen[cs]e)\w* (?:defen[cs]es?|systems|forces)\b|"
    r"\b(?:russia|moscow)(?: said it| says it| claimed to have| has| had| also)* "
    r"(?:shot down|downed|intercepted|repelled|destroyed)\b|"
    r"\b(?:ukraine's|kyiv's|ukrainian) (?:(?:long-range|deep|own|mid-range|drone|missile) )*"
    r"(?:drones?|strikes?|attacks?|missiles?)\b"
)
_RUSSIA = re.compile(r"\b(?:russia|moscow|kremlin)")
_UKRAINE_WON = re.compile(
    rf"\b(?:{_UKRAINE}|kyiv's men|ukrainians)(?: has| have| had| also)* "
    r"(?:gained|took|seized|captured|won|retook|recaptured|reclaimed|liberated|regained|recovered|"
    r"advanced|clawed back|won back|pushed)\b"
)
_UKRAINE_LOST = re.compile(
    rf"\b(?:{_UKRAINE})(?: has| have| had| also)* (?:lost|ceded|gave up|surrendered)\b"
)
_PASSIVE = re.compile(
    r"\b(?:beaten|surpassed|eclipsed|overtaken|bettered|exceeded|topped|outstripped|outnumbered|"
    r"outpaced|broken|dwarfed) (?:only )?by (?!\d|about|around|almost|nearly|more|over|some|just)"
)
_PART_OF = re.compile(r"\b(?:including|among them|of which|of those|of these)\b")


def refused(story: Story, part: Part, carried: str) -> str:
    """Why a part cannot be read, if so; it holds for the parts that lean on it."""
    if carried.startswith(ALL_ON):
        return carried
    why = _own_reason(story, part)
    if why:
        bare = not any(item.tag in SAID and item.tag != "TIME" for item in part.items)
        whole = bare or any(scope in why for scope in _SCOPES)
        return ALL_ON + why if whole and not _detail(part) else why
    if carried and part.lead == "which":
        return carried
    if carried and not part.has("SERIES") and not (part.has("NUMBER") and part.times("subject")):
        return carried
    return ""


def bare_reason(why: str) -> str:
    """The reason without the mark of how far it reaches."""
    return why.removeprefix(ALL_ON)


def _own_reason(story: Story, part: Part) -> str:
    """What of the part itself cannot be read."""
    named = part.get("REFUSED")
    negated = part.get("NEG")
    forecast = part.get("FORE")
    text = part.text(story.plain)
    opens = part.hard or part is story.parts[0]
    if _CONDITION.search(text) or (opens and _INVERTED.search(text)):
        return f"a condition, not a statement: {text.split()[0]!r}"
    if named is not None and not any(
        i.tag == "HINT" and i.start <= named.start and i.end >= named.end for i in part.items
    ):
        return f"{named.words!r}: {named.value}"
    if any(i.tag == "HINT" and str(i.value).endswith("missiles only") for i in part.items):
        return "one kind of missile is not among the series"
    if _whose(story, part):
        return "who gained and who lost is not said"
    if _OWN_STRIKES.search(text) or any(
        i.tag == "SERIES" and i.value == "ukrainian" for i in part.items
    ):
        return "Ukraine's own strikes on Russia are not among the series"
    if (negated is not None or _NEGATED.search(text)) and not (
        _NIGHTLY.search(text) or _UNSEEN.search(text)
    ):
        return "it says what is not so" if negated is None else f"a negation: {negated.words!r}"
    if forecast is not None and not part.has("PACE"):
        return f"a forecast or a condition, not a statement: {forecast.words!r}"
    if _PASSIVE.search(text) and not part.has("SECONDTO"):
        return "what was surpassed by what is not understood"
    other = next((i for i in part.items if _of_another_span(i)), None)
    if other is not None:
        return f"{other.words!r}: a span other than a month, or another time"
    if part.has("NUMBER", "PERCENT", "TIMES") and part.lead != "(" and _part_of(part, text):
        return "a part of another figure"
    return ""


def _whose(story: Story, part: Part) -> bool:
    """Whether gains or losses may be those of Ukraine, which a clause before spoke of."""
    at = story.parts.index(part)
    before = story.parts[at - 1].text(story.plain)
    if not at or part.hard or part.has("SERIES", "SOURCE"):
        return False
    if _RUSSIA.search(part.text(story.plain)):
        return False
    if part.has("GAIN", "LOSS", "NET") and _UKRAINE_LOST.search(before):
        return True
    return any(item.tag in SAID for item in part.items) and bool(_UKRAINE_WON.search(before))


def _part_of(part: Part, text: str) -> bool:
    return _PART_OF.match(text) is not None and not part.has("DOWNED", "HINT")


def _detail(part: Part) -> bool:
    return part.items[0].words in _DETAIL or part.lead in _DETAIL


def narrative(story: Story, part: Part) -> str:
    """The unknown word of a part that keeps it from being read."""
    word = unknown(part.items, part.text(story.plain))
    return "" if word is None else f"{word.words!r} may change what is said"


def transparent(part: Part) -> bool:
    """Whether a clause that is not understood leaves the ones beside it as they are."""
    first = part.items[0].words
    if any(item.tag == "SOURCE" or is_saying(item.words) for item in part.items):
        return not part.has("SERIES", "NUMBER", "PERCENT", "TIMES")
    return _detail(part) or first.endswith("ing") or part.lead == "("


def restricts(part: Part) -> bool:
    """Whether a clause without a claim narrows the one before it: ", in Donetsk region"."""
    bare = not any(item.tag in SAID and item.tag != "TIME" for item in part.items)
    if part.has("EX"):
        return not part.hard  # "..., excluding July"
    return bare and not part.hard and part.items[0].words in _RESTRICTING


def goes_on(before: Part, part: Part) -> bool:
    """Whether a clause only names more of the months compared with: "in May, April or March"."""
    last = before.items[-1]
    more = part.has("TIME") and all(i.tag == "TIME" or i.words in ("or", "in") for i in part.items)
    return more and not part.hard and before.roles.get(id(last)) in ("base", "ahead", "since")


def opens_narrowly(story: Story, part: Part) -> bool:
    """Whether it opens a sentence and says where or when: "In the south, ..."."""
    opens = part.hard or part is story.parts[0]
    if opens and part.has("EX"):
        return True
    if not opens or part.has(
        "SERIES", "NUMBER", "PERCENT", "TIMES", "SUP", "GAIN"):  # fmt: skip
        return False
    if all(item.tag in ("TIME", "BASE") or len(item.words) < 4 for item in part.items):
        return True
    return part.items[0].words.split()[0] in _RESTRICTING | {"since", "until"}


def _of_another_span(item: Item) -> bool:
    if item.tag == "WORD":
        return item.words in _SPANS
    return item.tag == "TIME" and item.time.kind == "vague" and item.time.words.startswith("a ")
