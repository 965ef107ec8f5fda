"""Nights with and without attacks, net losses, shares and daily means."""

from __future__ import annotations

import re
from decimal import Decimal

from trends.claims import Mean, Nights, Share, Sign, Streak
from trends.reading._firsts import says_first
from trends.reading._items import Item
from trends.reading._numbers import CARDINAL, cardinal
from trends.reading._parts import Part, months_of
from trends.reading._spans import day_of
from trends.reading._story import Story

_EVERY = re.compile(
    r"\b(?:every|each)(?: single)?(?: \w+)? nights?\b|\bno nights? (?:\w+ ){0,4}without|"
    r"\bwithout a (?:single )?(?:night's )?(?:pause|break|night off)\b|"
    r"\b(?:not (?:a|one)(?: single)?|no|without a) (?:single )?(?:\w+ )?night (?:\w+ ){0,5}"
    r"(?:without|passed|free|went by)|\bnight after night\b|\bnightly without (?:pause|exception)|"
    r"\bevery day\b|\bno (?:day|night) off\b|\bno (?:drone|attack|missile)-free nights?"
)
_ALL = re.compile(
    rf"\b(?:on )?(?:all|each|every one) (?:of )?(?:the )?(?:\w+'s )?"
    rf"(?P<n>{CARDINAL}) (?:\w+ )?nights\b"
)
_WITHOUT = re.compile(
    rf"(?P<n>{CARDINAL}|a single|a|one)(?: \w+)? nights?(?: in \w+)? (?:went by |passed |go by )?"
    r"(?:without|with no|free of|passed without|had no|were free|was free|saw no|were quiet)|"
    rf"on (?:only |just )?(?P<j>{CARDINAL}|one) nights?(?: (?:in|of) \w+)?,? (?:there were )?"
    r"no (?:\w+ )?(?:drones?|missiles?|attacks?)\b|"
    rf"(?:no|without|free of) (?:\w+ )?(?:drones?|attacks?|missiles?|launches)(?: \w+)? on "
    rf"(?:only |just )?(?P<m>{CARDINAL}|a single|a|one)(?: \w+)? nights?|"
    rf"(?P<k>{CARDINAL}|one) (?:drone|attack|missile)-free nights?"
)
_CONSECUTIVE = re.compile(r"consecutive|straight|successive")
_FIRST = re.compile(r"\bfirst\b.*\b(?:drone|missile|attack)-free|first night (?:without|with no)")
_WITH = re.compile(
    rf"(?:on|during) (?:only |just )?(?P<n>{CARDINAL})"
    r"(?: (?:out )?of (?:the |its |\w+'s )?\d+)?(?: \w+)? nights\b"
)
_NONE = re.compile(r"\b(?:no|not|without|free|spared|quiet|except)\b")
_LOSS = re.compile(
    r"\bnet (?:\w+ ){0,3}?(?P<what>loss|losses|gain|gains|loser|gainer)\b|"
    r"\b(?P<lost>lost) (?:(?:a )?net|[\d,.]+ \w+ net)\b|"
    r"\blost more (?:\w+ ){0,3}than (?:it|they|russia|its \w+|moscow) (?:\w+ )?"
    r"(?:captured|gained|took|seized|conquered|won|occupied)|"
    r"\b(?:ukraine|kyiv|ukrainian \w+|(?:kyiv|ukraine)'s \w+) (?:\w+ )?"
    r"(?:regained|retook|recaptured|liberated|gained) more "
    r"(?:\w+ ){0,3}than (?:it|they) (?:had )?lost|"
    r"\b(?:net )?(?:change|balance|result) (?:was |turned |went )?(?P<neg>negative|below zero)"
)


_OF_UKRAINE = re.compile(
    r"\bnet (?:\w+ ){0,2}(?:gains?|loss|losses) (?:\w+ )?(?:for|by) (?:ukraine|kyiv|the ukrainian)|"
    r"\b(?:net ukrainian|ukrainian net|ukraine's (?:first )?net|kyiv's (?:first )?net)\b"
)


def read_nights(story: Story, part: Part) -> None:
    """``no night without``, ``attacks on all 30 nights``, ``the 40th night running``."""
    text = part.text(story.plain)
    if "night" not in text and "drone-free" not in text:
        return
    if _FIRST.search(text):
        story.miss(part, "the first night without an attack has no claim type")
        return
    if not part.has("SERIES") and _several(story, part):
        story.miss(part, "of the drones, of the missiles or of both is not said")
        return
    series = _without(part)
    nth = part.get("NTH")
    run = part.get("RUN") or next(
        (i for i in part.all("COUNT") if _CONSECUTIVE.search(i.words)), None
    )
    if run is not None and not part.has("MONTHS"):
        count = nth or next((i for i in part.all("COUNT") if i.number.unit == "nights"), None)
        if count is not None:
            _running(story, part, run, count, series)
            return
    daily = part.has("DAILY") and (part.has("NUMBER") or "every" not in text)
    if (daily or part.has("SUP", "REC", "PERCENT", "TIMES")) and not part.has("EVERY"):
        return
    _counted(story, part, text, series)


def _running(story: Story, part: Part, run: Item, count: Item, series: str) -> None:
    """So many nights in a row."""
    length = count.value if count.tag == "NTH" else count.number.value
    for last in part.times("subject"):  # "to 30 June", where that is its last day
        ends = last.time.kind == "day" and part.month is not None
        last.used = ends and part.month is not None and last.time.day == part.month.days_in_month
    marks = (run, count, *part.all("NIGHT"))
    story.add(part, Streak, *marks, kind="nights", length=int(str(length)), series=series)


def _counted(story: Story, part: Part, text: str, series: str) -> None:
    """So many nights with or without, or every night."""
    since = next((i for i in part.times("since") if i.time.kind == "day"), None)
    whole, every, without = _ALL.search(text), _EVERY.search(text), _WITHOUT.search(text)
    with_ = _WITH.search(text)
    said = [i for i in part.all("NUMBER") if i.number.unit == "" and i.number.value <= 31]
    said += [*part.all("COUNT", "EVERY", "NEG", "NIGHT", "NTH", "SINCE", "ONLY", "RUN", "DAILY")]
    if every is None and without is not None:
        many = without["n"] or without["j"] or without["m"] or without["k"]
        some = Decimal(1) if many in ("a single", "a", "one") else cardinal(many)
        _count(story, part, said, series, count=int(some or 0), of="without")
    elif whole is not None:
        _count(story, part, said, series, count=int(cardinal(whole["n"]) or 0), of="with")
    elif every is not None and since is not None and part.month is not None:
        months = months_of(since, part.month, strict=False)
        day = None if months is None else day_of(since.time, months[0])
        since.used = True
        _count(story, part, said, series, count=0, of="without", since_day=day)
    elif every is not None and not part.has("SINCE"):
        _count(story, part, said, series, count=0, of="without")
    elif with_ is not None and (_NONE.search(text) or _none_behind(story, part)):
        story.miss(part, "nights with or without is not understood")
    elif with_ is not None and any(i.number.value > 31 for i in part.all("NUMBER")):
        story.miss(part, "nights with so many have no claim type")
    elif with_ is not None:
        _count(story, part, said, series, count=int(cardinal(with_["n"]) or 0), of="with")


def _several(story: Story, part: Part) -> bool:
    """Whether the sentence has spoken of more than one series."""
    named: set[str] = set()
    for before in story.parts[: story.parts.index(part)]:
        named = set() if before.hard else named
        named |= {str(i.value) for i in before.items if i.tag == "SERIES"}
    return len(named) > 1 and not part.hard


def _none_behind(story: Story, part: Part) -> bool:
    """``On four nights, no drones were launched``."""
    rest = story.parts[story.parts.index(part) + 1 :]
    return bool(rest) and not rest[0].hard and bool(_NONE.match(rest[0].text(story.plain)))


def _count(story: Story, part: Part, marks: list[Item], series: str, **given: object) -> None:
    story.add(part, Nights, *marks, series=series, **given)


def _without(part: Part) -> str:
    """The series of the nights without: "drones_nights_without"."""
    if not part.series:
        return ""
    if part.series in ("drones_launched", "missiles_launched"):
        return part.series.replace("_launched", "_nights_without")
    return f"{part.series}_nights_without"


def read_signs(story: Story, part: Part) -> None:
    """``a net loss``, perhaps the first since a month."""
    text = part.text(story.plain)
    loss = _LOSS.search(text)
    if loss is None:
        return
    if part.first not in (None, part.month):
        story.miss(part, "a loss over several months has no claim type")
        return
    gain = (loss["what"] or "").startswith("gain")
    if _OF_UKRAINE.search(text):
        gain = not gain if loss["what"] else gain
    first = says_first(part)
    if gain and not first:
        return  # "a net gain of 634" is the figure, not its sign
    given: dict[str, object] = {}
    since = part.times("since")
    if first and since:
        months = months_of(since[0], part.month, strict=True)
        if months is None or since[0].time.kind in ("vague", "invasion", "began"):
            story.miss(part, f"which month {since[0].words!r} is cannot be told")
            return
        given["first_since"] = months[1]
        since[0].used = True
    number = next(iter(part.all("NUMBER")), None)
    if number is not None and not gain:
        number.used = True
        given["value"], given["value_hedge"] = -abs(number.number.value), number.number.hedge
    marks = (*part.all("FIRST", "SINCE", "NET", "LOSS", "GAIN", "NTH", "MORE", "BASE"), number)
    series = part.series or "territory_km2"
    if not series.startswith("territory"):
        story.miss(part, "a net loss of launches is no quantity")
        return
    story.add(part, Sign, *marks, series=series, sign="positive" if gain else "negative", **given)


_ACCOUNTED = re.compile(r"accounted for|made up|makes up|constituted|comprised|represented|"
                        r"\bshare\b|\bproportion\b|of all")  # fmt: skip


def read_shares(story: Story, part: Part) -> None:
    """``96% of which were shot down``, ``missiles made up 4% of all launches``."""
    percent, times = part.get("PERCENT"), part.get("TIMES")
    item = percent or (times if times is not None and times.number.unit == "fraction" else None)
    if item is None:
        return
    number = item.number
    value = Decimal(number.note) if number.unit == "fraction" else number.value
    downed = part.get("DOWNED")
    text = part.text(story.plain)
    if downed is not None:
        _downed(story, part, item, downed, value)
        return
    accounted = _ACCOUNTED.search(text)
    if accounted and percent is not None and number.unit == "percent":
        own = _own_series(part)
        if any(i.tag == "SERIES" and i.value == own and (of := part.before(i)) is not None
               and of.words in ("of all", "all") for i in part.items):  # fmt: skip
            story.miss(part, "what share of them is not said")  # "65% of all missiles"
            return
        kind = any(i.tag == "HINT" and str(i.value).endswith(" only") for i in part.items)
        if kind or own not in ("drones_launched", "missiles_launched"):
            story.miss(part, "a share of what is not said")
            return
        story.add(part, Share, item, *part.all("SHAREOF"), series=own, percent=value,
                  hedge=number.hedge, of="drones_launched+missiles_launched")  # fmt: skip


def _own_series(part: Part) -> str:
    named = [i.value for i in part.items if i.tag == "SERIES"]
    return str(named[0]) if named else part.series


def _downed(story: Story, part: Part, item: Item, downed: Item, value: Decimal) -> None:
    if len([i for i in part.items if i.tag == "PERCENT"]) > 1:
        story.miss(part, "which of the percentages is of the month cannot be told")
        return
    number = item.number
    rate = "rate" in downed.words or downed.words.startswith("interception")
    if number.unit == "points":
        story.miss(part, "a change of the interception rate in points needs a series of shares")
        return
    before = part.before(item)
    moved = part.has("UP", "DOWN", "MORE") or part.has("BASE") or part.times("base")
    to = before is not None and before.words in ("to", "at", "of", "was", "reached", "hit")
    if moved and not (rate and to):
        story.miss(part, "a change of the number shot down is not read")
        return
    of = part.series.removesuffix("_largest_night") or "drones_launched"
    if "+" in of or not of.endswith("_launched"):
        if of != "drones_launched+missiles_launched":
            story.miss(part, "a share of what is not said")
            return
        destroyed = "drones_destroyed+missiles_destroyed"
    else:
        destroyed = of.replace("_launched", "_destroyed")
    marks = (item, downed, *part.all("SHAREOF", "DOWN", "UP"))
    story.add(part, Share, *marks, series=destroyed, percent=value, of=of, hedge=number.hedge)


def read_means(story: Story, part: Part) -> None:
    """``an average of 181 drones a day``."""
    daily, mean = part.get("DAILY"), part.get("MEAN")
    if daily is None or part.has("SUP", "MORE", "REC", "PERCENT", "TIMES"):
        return
    numbers = [i for i in part.all("NUMBER") if not part.times("base") or _before_base(part, i)]
    if len(numbers) != 1:
        if part.has("NUMBER") or mean is not None:
            story.miss(part, "which number is the daily mean cannot be told")
        return
    number = numbers[0].number
    if number.hedge in ("more than", "less than") and mean is None and (
        daily.words.startswith(("each", "every"))):  # fmt: skip
        story.miss(part, "a bound of each day is not one of their mean")
        return
    first = part.first if part.first not in (None, part.month) else None
    marks = (daily, mean, numbers[0], *part.all("UP", "DOWN", "NIGHT"))
    story.add(part, Mean, *marks, per_day=number.value, hedge=number.hedge, first=first)


def _before_base(part: Part, item: Item) -> bool:
    for other in part.items:
        if other is item:
            return True
        if other.tag == "BASE":
            return False
    return True
