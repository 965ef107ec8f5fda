"""From items to figures, each checked against what else the post says."""

from __future__ import annotations

from trends.posts._items import Item
from trends.posts._missiles import by_model
from trends.posts._sums import Found, Sum, total

_PARTS = (  # what can be no more than the drones launched
    *(("of_which_shahed",), ("of_which_jet",), ("hits",)),
    *(("destroyed_drones", "suppressed_or_lost"), ("destroyed_drones", "hits")),
)
_OTHERS = ("banderol", "small", "recon", "bomb")


Index = dict[tuple[str, str], list[Item]]


def figures(items: list[Item]) -> Found:
    """Bring the items of a post together."""
    found = Found()
    _infer(items)
    _included(items)
    body = _index([item for item in items if not item.headline and _counts(item, items)])
    heads = _index([item for item in items if item.headline])
    _drones(items, body, heads, found)
    wholes = [i for i in items if i.kind == "missile" and _whole(i) and not i.headline]
    launched = body.get(("missile", "launch"), []) + wholes
    found.launched, _ = by_model(launched, "launched_missiles", found)
    told = body if any(fate == "down" for _, fate in body) else heads
    down = told.get(("missile", "down"), [])
    found.destroyed, stated = by_model(down, "destroyed_missiles", found)
    _sum_missiles(stated, found)
    _places(body, found)
    _targets(body, heads, found)
    _compare(found)
    for kind in ("banderol", "bomb"):
        if (kind, "launch") in body:
            name = "loitering munitions (Banderol)" if kind == "banderol" else "bombs"
            found.checks.append(f"{name} are counted neither as drones nor as missiles")
    return found


def _infer(items: list[Item]) -> None:
    """Find the weapon of a number that stands alone before its verb: "213 were shot down"."""
    for place, item in enumerate(items):
        if item.kind:
            continue
        near = [each for each in items[max(0, place - 40) : place] if each.kind not in {"", "loc"}]
        here = [each for each in near if each.sentence == item.sentence]
        here = here or [each for each in near if each.paragraph == item.paragraph] or near
        kinds = [each.kind for each in here if each.kind in {"drone", "missile", "target"}]
        item.kind = "target" if "target" in kinds else kinds[-1] if kinds else "drone"
        item.bare = True


def _included(items: list[Item]) -> None:
    """Take "among them 11", "the remaining 10" and a breakdown for parts of the number before."""
    for place, item in enumerate(items):
        if item.count is None or item.role != "count":
            continue
        for each in items[max(0, place - 40) : place]:
            if each.kind != item.kind or each.role == "part" or (each.count or 0) < item.count:
                continue
            here = each.sentence == item.sentence and not item.bullet
            if item.rest and (here or item.kind == "drone"):
                item.role = "part"
            elif item.bare and here and each.fate == item.fate and each is not item:
                item.role = "part"  # "44 shot down: 18 in the centre, 12 in the south"


def _counts(item: Item, items: list[Item]) -> bool:
    """Tell whether an item is a count of its own and not a part of the one before its bracket."""
    if item.role == "part":
        return False
    if item.bracket < 0:
        return True
    base = items[item.bracket]
    return base.kind == "target" or (base.kind == "missile" == item.kind and not base.models)


def _whole(item: Item) -> bool:
    """Tell whether an item counts what was launched: "out of 30", or "all 30 were shot down"."""
    every = item.every and item.role == "count" and item.fate == "down"
    return item.numbered and (item.role == "whole" or every)


def _index(items: list[Item]) -> Index:
    """Sort the counts by weapon and fate."""
    index: Index = {}
    for item in items:
        if item.role == "count":
            index.setdefault((item.kind, item.fate), []).append(item)
    return index


def _of(index: Index, kind: str, fate: str) -> list[Item]:
    """Choose the counts of one weapon and one fate; a bare word gives way to a number."""
    chosen = index.get((kind, fate), [])
    return [item for item in chosen if item.numbered] or chosen


def _keep(key: str, each: Sum | None, found: Found) -> Sum | None:
    """Take a sum as a figure unless the post contradicts itself."""
    if each is None:
        return None
    if each.conflict:
        found.doubt(key, each.conflict)
        return None
    found.figures[key] = each
    return each


def _drones(all_: list[Item], body: Index, heads: Index, found: Found) -> None:
    """Read the drones launched, shot down and lost."""
    key = "launched_drones"
    counts = _of(body, "drone", "launch")
    counts = _without_parts(counts)
    if not any(item.count for item in counts):
        counts = _all_targets(body) or counts
    wholes = [i for i in all_ if i.kind == "drone" and _whole(i)]
    launched = _keep(key, total(counts or _of(heads, "drone", "launch")), found)
    if launched is None or launched.value is None:
        bare = wholes and all(item.count is None for item in counts)
        launched = _keep(key, total(wholes), found) if bare else launched
    elif other := next((i for i in wholes if not (i.every or _fits(i, launched))), None):
        found.doubt(key, f"{launched.value} in one place, out of {other.count} in another")
    elif wholes:
        found.checks.append(f"{key}: {launched.value}, said twice")
    if launched is not None and launched.value and all(i.inherited for i in launched.items):
        found.doubt(key, "the verb stands in a sentence before")
    if launched is not None and launched.several:
        found.doubt(key, f"{launched.value} is added up from several counts in one sentence")
    if launched is None and not counts:
        found.doubt(key, "the text does not say a number")
    elif launched is not None and launched.value is None:
        found.doubt(key, "named without a number")
    _parts(all_, launched, found)
    for key, fate in (("destroyed_drones", "down"), ("suppressed_or_lost", "lost")):
        counts = _of(body, "drone", fate) or _of(heads, "drone", fate)
        near = {item.sentence for item in counts}
        if any(i.role == "all" and i.fate == fate and i.sentence in near for i in all_):
            found.doubt(key, "all of one kind and a number of another are not added up")
            continue
        each = _keep(key, total(counts), found)
        if each is None and launched is not None:
            _all_of_them(all_, key, fate, launched, found)
        elif each is not None and each.several:
            found.doubt(key, f"{each.value} is added up from several counts in one sentence")


def _without_parts(counts: list[Item]) -> list[Item]:
    """Take "90 Shaheds" in a sentence of their own for a part of the 154 drones of another."""
    whole = max((i.count or 0 for i in counts if not i.pure), default=0)
    sentences = {item.sentence for item in counts if not item.pure}
    for item in counts:
        if item.pure and item.sentence not in sentences and 0 < (item.count or 0) < whole:
            item.role = "part"
    return [item for item in counts if item.role == "count"]


def _all_targets(body: Index) -> list[Item]:
    """Read "145 air targets: drones of type A and B" as 145 drones, if no missile is named."""
    if any((kind, "launch") in body for kind in ("missile", *_OTHERS)):
        return []
    drones = {item.sentence for item in body.get(("drone", "launch"), [])}
    targets = body.get(("target", "launch"), [])
    return [item for item in targets if item.numbered and item.sentence in drones]


def _fits(item: Item, launched: Sum) -> bool:
    return item.count == launched.value or item.bound != "exact" or launched.bound != "exact"


def _all_of_them(items: list[Item], key: str, fate: str, launched: Sum, found: Found) -> None:
    """Read "all were shot down" as the number launched."""
    if said := next((i for i in items if i.role == "all" and i.fate == fate), None):
        found.figures[key] = Sum(launched.value, launched.bound, [said])


def _parts(items: list[Item], launched: Sum | None, found: Found) -> None:
    """Read how many of the drones launched were Shaheds, and how many had jet engines."""
    drones = [i for i in items if i.kind == "drone" and i.fate == "launch" and not i.headline]
    for key, flag in (("of_which_shahed", "shaheds"), ("of_which_jet", "jets")):
        parts = [i for i in drones if i.role == "part" and getattr(i, flag)]
        if parts:
            _keep(key, total(parts), found)
    if launched is None:
        return
    base = launched.items
    every = [i for i in items if i.kind == "drone" and i.role != "part"]
    named = any(i.shaheds for i in every) and not any(i.others for i in every)
    if "of_which_shahed" not in found.figures and named:
        found.figures["of_which_shahed"] = Sum(launched.value, launched.bound, base)
    if "of_which_jet" not in found.figures and any(i.jets for i in base):
        found.figures["of_which_jet"] = Sum(None, "exact", base)


def _sum_missiles(stated: Sum | None, found: Found) -> None:
    """Give the missiles shot down as one figure: as stated, or as the models add up to."""
    sums = list(found.destroyed.values())
    if stated is not None:
        found.figures["destroyed_missiles"] = stated
    elif sums:
        items = [item for each in sums for item in each.items]
        known = all(each.value is not None for each in sums)
        value = sum(each.value or 0 for each in sums) if known else None
        bound = "exact" if all(each.bound == "exact" for each in sums) else "about"
        found.figures["destroyed_missiles"] = Sum(value, bound, items)


def _places(body: Index, found: Found) -> None:
    """Read hits, the places of hits and of debris, and what did not reach its target."""
    for key, kind, fate in (
        ("hits", "drone", "hit"),
        ("hit_locations", "loc", "hit"),
        ("debris_locations", "loc", "debris"),
    ):
        _keep(key, total(_of(body, kind, fate)), found)
    missed = body.get(("drone", "reach"), []) + body.get(("missile", "reach"), [])
    _keep("not_reached", total(missed), found)


def _targets(body: Index, heads: Index, found: Found) -> None:
    """Compare the totals of all weapons, and the headline, with the items."""
    for fate, drones, missiles, where in (
        ("launch", "launched_drones", found.launched, "the inventory"),
        ("down", "destroyed_drones", found.destroyed, "the total"),
    ):
        others = [i for kind in _OTHERS for i in body.get((kind, fate), []) if i.numbered]
        kept = found.figures.get(drones)
        parts = [*([kept] if kept else []), *missiles.values()]
        values = [each.value for each in parts] + [i.count for i in others]
        bounded = any(each.bound != "exact" for each in parts)
        if not values or bounded or any(value is None for value in values):
            continue
        added = sum(value or 0 for value in values)
        for item in body.get(("target", fate), []) + heads.get(("target", fate), []):
            if item.count is None or not item.numbered or item.bound != "exact":
                continue
            name = "the headline" if item.headline else where
            lost = found.figures.get("suppressed_or_lost")
            both = added + (lost.value or 0 if lost and fate == "down" else 0)
            _told(name, item.count, both if item.count == both else added, drones, found)
    for key, kind in (("destroyed_drones", "drone"), ("destroyed_missiles", "missile")):
        said = total([item for item in heads.get((kind, "down"), []) if not item.models])
        kept = found.figures.get(key)
        if said is None or kept is None or kept.items[0].headline or said.bound != "exact":
            continue
        if said.value is not None and kept.value is not None:
            _told("the headline", said.value, kept.value, key, found)


def _told(name: str, said: int, added: int, key: str, found: Found) -> None:
    if said == added:
        entry = f"{key}: {name} counts {said}, and so do the items"
        if entry not in found.checks:
            found.checks.append(entry)
    else:
        found.doubt(key, f"{name} counts {said}, the items add up to {added}")


def _compare(found: Found) -> None:
    """Compare parts with totals: no more can be shot down, or of one kind, than were launched."""
    get = found.figures.get
    launched = get("launched_drones")
    if launched is not None and launched.value is not None and launched.bound != "at least":
        room = launched.value * (1.15 if launched.bound == "about" else 1)
        parts = [
            ("of_which_shahed",),
            ("of_which_jet",),
            ("destroyed_drones", "suppressed_or_lost"),
        ]
        for keys in [*parts, ("hits",), ("destroyed_drones", "hits")]:
            each = {key: s for key in keys if (s := get(key)) is not None and s.value is not None}
            some = sum(s.value or 0 for s in each.values() if s.bound != "at most")
            names = " and ".join(each)
            if some > room:
                for key in ("launched_drones", *each):
                    found.doubt(key, f"{names}: {some}, more than the {launched.value} launched")
            elif len(each) > 1:
                found.checks.append(f"{names}: {some} of {launched.value} launched")
    for model, down in found.destroyed.items():
        up = found.launched.get(model)
        if up and up.value is not None and (down.value or 0) > up.value:
            why = f"{model}: {down.value} shot down of {up.value} launched"
            found.doubt("launched_missiles", why)
            found.doubt("destroyed_missiles", why)
    _more_than_launched(found)


def _more_than_launched(found: Found) -> None:
    """Doubt missiles launched of which more were shot down, whatever their models."""
    known = [each.value for each in found.launched.values()]
    down = sum(each.value or 0 for each in found.destroyed.values())
    up = sum(value or 0 for value in known)
    if known and None not in known and down > up:
        found.doubt("launched_missiles", f"{down} shot down of {up} launched")
