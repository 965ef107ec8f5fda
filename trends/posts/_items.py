"""One weapon, or one number of weapons, as counted in one place of a text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Item:
    """One weapon, or one number of them, as counted in one place of the text."""

    kind: str  # of the weapon: drone, missile, target, loc, ...; "" if only a number stands there
    count: int | None
    bound: str
    start: int
    end: int
    fate: str  # launch, down, lost, reach, hit, debris, left, ignore, or "" where no verb governs
    sentence: int
    paragraph: int
    bracket: int = -1  # the number of the item before the bracket that it stands in
    numbered: bool = False
    headline: bool = False
    bullet: bool = False
    models: list[str] = field(default_factory=list)
    role: str = "count"  # or "part" (of them), "whole" (out of how many), "all"
    others: bool = False  # types of drones other than Shahed are named with it
    shaheds: bool = False
    pure: bool = False  # counted as "Shaheds", not as drones of that type
    jets: bool = False
    kinds: int = 0  # adjectives of different missiles before it
    rest: bool = False  # "the remaining 10": a part of what was counted before
    bare: bool = False  # a number whose weapon was named before it
    various: bool = False  # "missiles of various types"
    every: bool = False  # "all 24": none was left
    inherited: bool = False  # governed by the verb of a sentence before
    untyped: bool = False  # "a missile whose type is being established"


def add_name(models: list[str], name: str, slash: bool) -> None:
    """Add a model to those named: "A/B" is one element, "A, B" are two, "3M22 Zircon" is one."""
    if slash and models:
        if name not in models[-1].split("/"):
            models[-1] += f"/{name}"
    elif name not in models:
        models.append(name)
