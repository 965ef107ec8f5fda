"""Which model of weapon is what, in the words of the air force reports.

Own table, by the kind of weapon: a missile flies by itself to a target on the ground and is spent,
whether ballistic, cruise, anti-ship, anti-radiation or surface-to-air used against the ground.
Bombs are dropped, drones are reported apart.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Weapon: TypeAlias = Literal[
    "Shahed drone", "missile", "unidentified drone", "small or reconnaissance drone", "bomb"
]

_TABLE: dict[Weapon, tuple[str, ...]] = {
    "Shahed drone": ("Shahed-136/131",),
    "missile": (
        *("Iskander-M", "KN-23", "X-47 Kinzhal", "Ballistic Missile"),
        *("Intercontinental Ballistic Missile",),
        *("C-300", "C-400"),  # surface-to-air, fired at the ground
        *("X-101", "X-555", "Kalibr", "Iskander-K", "Banderol"),
        *("X-22", "X-32", "X-35", "X-59", "X-59MK2", "X-69", "P-800 Oniks", "3M22 Zircon"),
        *("X-31", "X-31P", "X-31PD"),  # against radars
        *("Unknown Missile",),
    ),
    "unidentified drone": ("Unknown UAV",),
    "small or reconnaissance drone": (
        *("Lancet", "Kub", "Молнія", "Привет-82"),
        *("Reconnaissance UAV", "Orlan-10", "Orlan-30", "ZALA", "Supercam", "Merlin-VR"),
        *("Eleron", "Granat-4", "Forpost", "Orion", "Mohajer-6", "Картограф", "Фенікс"),
    ),
    "bomb": ("GBU", "KAB", "Aerial Bomb"),
}
_KINDS: dict[str, Weapon] = {
    name.casefold(): kind for kind, names in _TABLE.items() for name in names
}


def tidy(model: str) -> str:
    """Write a model's name with single spaces."""
    return " ".join(model.split())


def kinds(model: str) -> frozenset[Weapon] | None:
    """Tell what the weapons in one cell are; None if any of them is not in the table.

    A cell can name several: "X-101/X-555 and Kalibr".

    Examples
    --------
    >>> kinds("X-101/X-555 and Kalibr")
    frozenset({'missile'})
    >>> sorted(kinds("Shahed-136/131 and Lancet"))
    ['Shahed drone', 'small or reconnaissance drone']
    >>> kinds("Kalibr and Novelty") is None
    True
    """
    found: set[Weapon] = set()
    for part in tidy(model).casefold().split(" and "):
        names = [part] if part in _KINDS else re.split(r"\s*/\s*", part)
        for name in names:
            if name not in _KINDS:
                return None
            found.add(_KINDS[name])
    return frozenset(found)


def is_only(model: str, kind: Weapon) -> bool:
    """Tell whether every weapon in one cell is of this kind."""
    return kinds(model) == frozenset([kind])
