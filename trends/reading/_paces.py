"""What a month is on pace for."""

from __future__ import annotations

from trends.claims import Pace
from trends.reading._items import Item
from trends.reading._parts import Part, months_of
from trends.reading._story import Story


def read_paces(story: Story, part: Part) -> None:
    """``on pace for 6,000``, ``on track to exceed June's total``."""
    pace = part.get("PACE")
    if pace is None:
        return
    for top in part.all("SUP"):
        top.used = top.words == "top"
    for top in part.all("AMONG"):
        top.used = top.words == "top"
    if part.month is not None and story.seen is not None and part.month < story.seen - 1:
        story.miss(part, "a month that is over is on pace for nothing")
        return
    record = part.has("REC") and not part.times("base")  # but "June's record total"
    if record or part.get("SUP") or part.has("PERCENT", "TIMES", "NTH", "MEAN"):
        story.miss(part, "on pace for what is no number and no month")
        return
    number = next(iter(part.all("NUMBER")), None)
    given = {} if number is None else _value(part, number)
    bases = part.times("base")
    if bases:
        months = months_of(bases[0], part.month, strict=True)
        if months is None or months[0] != months[1]:
            story.miss(part, "which month it is to pass cannot be told")
            return
        given = {"base": months[0]}  # "March's total of 6,462": the figure is that month's
        less = any(i.tag == "MORE" and i.value == "down" for i in part.items)
        if less or any(i.tag == "CROSS" and i.value == "below" for i in part.items):
            given["op"] = "below"
        bases[0].used = True
    if not given:
        story.miss(part, "on pace for what is no number and no month")
        return
    marks = part.all("REC", "CROSS", "BREAK", "OVER", "SIDE", "BASE")
    story.add(part, Pace, pace, number, *marks, **given)


def _value(part: Part, number: Item) -> dict[str, object]:
    """The number it is on pace for, and on which side of it."""
    before, hedge = part.before(number), number.number.hedge
    crossed = [i for i in part.items if before is not None and i.end == before.end
               and i.tag in ("CROSS", "OVER", "SIDE", "BREAK")]  # fmt: skip
    if crossed and not hedge:
        hedge = "less than" if crossed[0].value == "below" else "more than"
    return {"value": number.number.value, "value_hedge": hedge}
