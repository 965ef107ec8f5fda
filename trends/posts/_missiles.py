# ruff: noqa: RUF001
"""The missiles of a post, model by model."""

from __future__ import annotations

from trends.posts._items import Item
from trends.posts._sums import Found, Sum, groups, total

_ISKANDERS = frozenset({"Іскандер-М", "Іскандер-К"})
UNKNOWN = "unknown"  # missiles whose model is not named


def by_model(items: list[Item], key: str, found: Found) -> tuple[dict[str, Sum], Sum | None]:
    """Sum the missiles of one fate by model; give the total that is stated, if any."""
    named: dict[str, list[Item]] = {}
    spelt: dict[frozenset[str], str] = {}
    counted_models = {model for item in items if item.count is not None for model in _atoms(item)}
    for item in items:
        if item.count is None and all(_within(model, counted_models) for model in _atoms(item)):
            continue  # named again without its number
        for models in _models(item):
            name = spelt.setdefault(frozenset(models), "/".join(models))
            named.setdefault(name, []).append(item)
    sums: dict[str, Sum] = {}
    for name, counted in named.items():
        each = total(counted)
        assert each is not None  # no name without an item
        sums[name] = each
        if each.conflict:
            found.doubt(key, f"{name}: {each.conflict}")
            del sums[name]
    _joint(sums, key, found)
    return sums, _bare([item for item in items if not item.models], sums, key, found)


def _joint(sums: dict[str, Sum], key: str, found: Found) -> None:
    """Take "25 missiles A and B" for a total if A and B are counted apart as well."""
    for name in [name for name in sums if "/" in name]:
        parts = set(name.split("/"))
        own = [other for other in sums if other != name and set(other.split("/")) < parts]
        if {atom for other in own for atom in other.split("/")} != parts:
            continue
        joint, added = sums.pop(name), sum(sums[other].value or 0 for other in own)
        if joint.value == added:
            found.checks.append(f"{key}: {added} in all, as the models add up to")
        else:
            found.doubt(key, f"{name}: {joint.value} together, {added} apart")


def _atoms(item: Item) -> list[str]:
    return [atom for model in item.models for atom in model.split("/")]


def _within(model: str, counted: set[str]) -> bool:
    return model in counted or (model == "Іскандер" and bool(counted & _ISKANDERS))


def _models(item: Item) -> list[list[str]]:
    """Part "ballistic and anti-ship missiles: A, B" into two; one count of several stays one."""
    if len(item.models) > 1 and item.count is None and item.kinds == len(item.models):
        return [[model] for model in item.models]
    return [item.models] if item.models else []


def _bare(items: list[Item], sums: dict[str, Sum], key: str, found: Found) -> Sum | None:
    """Tell whether missiles without a model repeat those named, or are further ones."""
    stated: Sum | None = None
    counted = [item for item in items if item.count is not None]
    for item in [item for item in counted if item.untyped]:
        _further(Sum(item.count, item.bound, [item]), sums, key, found)
    known = sum(each.value or 0 for each in sums.values())
    open_ = any(each.value is None for each in sums.values())
    for group in groups(item for item in counted if not item.untyped):
        each = total(group)
        assert each is not None  # groups are never empty
        if sums and each.value == known and not open_:
            stated = stated or each
            found.checks.append(f"{key}: {each.value} in all, as the models add up to")
        elif stated is not None and each.value == stated.value:
            continue
        elif open_ and len(sums) == 1 and each.value and not any(i.various for i in group):
            sums.update(dict.fromkeys(sums, each))  # "attacked with Kh-101. 43 were launched"
        elif not sums or set(sums) == {UNKNOWN}:
            _further(each, sums, key, found)
        elif open_ and (each.value or 0) > known:
            stated = each
            found.checks.append(f"{key}: {each.value} in all; not every model has a number")
        else:
            found.doubt(key, f"{each.value} without a model beside {known} of the models named")
    if not counted and not sums and items:
        sums[UNKNOWN] = Sum(None, "exact", items[:1])
    return stated


def _further(each: Sum, sums: dict[str, Sum], key: str, found: Found) -> None:
    """Add missiles whose model is not named; the same number again is the same missiles."""
    before = sums.get(UNKNOWN)
    if before is None:
        sums[UNKNOWN] = each
    elif before.value != each.value:
        found.doubt(key, f"{before.value} without a model in one place, {each.value} in another")
