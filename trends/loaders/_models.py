"""Which model of weapon is what, in the words of the air force reports.

Own table. The broad classes part all models; the narrow ones cut across them: a Kinzhal is
ballistic and hypersonic. A missile flies by itself to a target on the ground and is spent, whether
ballistic, cruise or surface-to-air used against the ground. Bombs are dropped, drones are reported
apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from trends.loaders._names import clean_name

_BROAD: dict[str, tuple[str, ...]] = {
    "drones": ("Shahed-136/131",),
    "cruise": (
        *("X-101", "X-555", "Kalibr", "Iskander-K", "Banderol", "3M22 Zircon", "P-800 Oniks"),
        *("X-22", "X-32", "X-35", "X-55", "X-55SM", "X-59", "X-59MK2", "X-69"),
        *("X-31", "X-31P", "X-31PD"),
    ),
    "ballistic": (
        *("Iskander-M", "KN-23", "X-47 Kinzhal", "Ballistic Missile"),
        *("Intercontinental Ballistic Missile", "Oreshnik", "Tochka-U"),
    ),
    "surface-to-air": ("C-200", "C-300", "C-400"),
    "unknown missile": ("Unknown Missile",),
    "unknown drones": ("Unknown UAV",),
    "small drones": ("Lancet", "Kub", "Молнія", "Привет-82", "Фенікс"),
    "reconnaissance": (
        *("Reconnaissance UAV", "Orlan-10", "Orlan-30", "ZALA", "Supercam", "Merlin-VR"),
        *("Eleron", "Granat-4", "Forpost", "Orion", "Mohajer-6", "Картограф"),
    ),
    "bombs": ("GBU", "KAB", "Aerial Bomb"),
}
_MISSILES = ("cruise", "ballistic", "surface-to-air", "unknown missile")

CLASSES: dict[str, tuple[str, ...]] = {
    "drones": _BROAD["drones"],
    "missiles": tuple(model for name in _MISSILES for model in _BROAD[name]),
    **_BROAD,
    "hypersonic": ("X-47 Kinzhal", "3M22 Zircon"),
    "anti-ship": ("P-800 Oniks", "3M22 Zircon", "X-22", "X-32", "X-35"),
    "anti-radiation": ("X-31P", "X-31PD"),
}
TITLES = {
    **{name: f"{name} missiles" for name in ("cruise", "ballistic", "surface-to-air")},
    **{name: f"{name} missiles" for name in ("hypersonic", "anti-ship", "anti-radiation")},
    "unknown missile": "unidentified missiles",
    "unknown drones": "unidentified drones",
    "reconnaissance": "reconnaissance drones",
}
# The same weapon in other spellings; in Cyrillic as it sounds, not letter by letter.
_SPELLINGS = {
    "shahed-136/131": ("shahed", "shahed-136", "shahed-131", "shahed-131/136", "шахед", "герань"),
    "kalibr": ("калібр", "калибр"),
    "iskander-m": ("іскандер-м", "искандер-м"),
    "iskander-k": ("іскандер-к", "искандер-к"),
    "x-47 kinzhal": ("kinzhal", "kh-47 kinzhal", "x-47m2 kinzhal", "кинджал", "кинжал"),
    "3m22 zircon": ("zircon", "3m22 циркон", "циркон"),
    "oreshnik": ("орєшнік", "орешник"),
    "tochka-u": ("точка-у",),  # noqa: RUF001
    "x-31p": ("x-31п",),
    "x-31pd": ("x-31пд",),
    "x-55sm": ("x-55cm",),
    "unknown missile": ("unknown",),
    "p-800 oniks": ("oniks", "onyx", "p-800 onyx", "p-800 онікс", "онікс", "оникс"),
    "lancet": ("ланцет",),
    "zala": ("зала",),
    "orlan-10": ("орлан-10",),
    "orlan-30": ("орлан-30",),
    "supercam": ("суперкам",),
    "молнія": ("молния", "molniya", "molnia"),
    "привет-82": ("привіт-82", "privet-82"),
    "фенікс": ("феникс", "feniks"),
    "картограф": ("kartograf", "kartohraf"),
    "kab": ("каб",),
}
# Capital letters that look alike: "Х-101" and "С-300" are typed on either keyboard.
_ALIKE = str.maketrans("АВСЕНІКМОРТХ", "ABCEHIKMOPTX")  # noqa: RUF001
_KH = re.compile(r"^kh-(?=\d)")
_S = re.compile(r"^s-(?=[234]00)")
_FAMILY = re.compile(r"(?:kh|[x\u0445sc\u0441])-(?=\d)")
_ISKANDER = frozenset({"iskander", "іскандер", "искандер"})  # which of two is not said


@cache
def elements(model: str) -> frozenset[str]:
    """Name the weapons in one cell, each in one spelling.

    Examples
    --------
    >>> sorted(elements("Х-101/X-555  and Kalibr"))
    ['kalibr', 'x-101/x-555']
    >>> elements("Kh-22 and KALIBR") == elements("Калібр and X-22")
    True
    """
    parts = re.split(r"\s+and\s+", clean_name(model), flags=re.IGNORECASE)
    return frozenset("/".join(_one(name) for name in _alternatives(part)) for part in parts)


def _alternatives(part: str) -> list[str]:
    """Part "X-101/X-555" or "X-59/69", not told apart by reports; "Shahed-136/131" is one name."""
    if _one(part) in _KNOWN:
        return [part]
    names: list[str] = []
    family = ""
    for name in re.split(r"\s*/\s*", part):
        said = _FAMILY.match(name.casefold())
        family = name[: said.end()] if said else family
        whole = family + name if name[:1].isdigit() else name
        names += ["Iskander-M", "Iskander-K"] if whole.casefold() in _ISKANDER else [whole]
    return list(dict.fromkeys(names))


def _one(name: str) -> str:
    for text in (name, name.upper().translate(_ALIKE)):
        plain = _S.sub("c-", _KH.sub("x-", text.strip().casefold()))
        found = _SAME.get(plain, plain)
        if found in _KNOWN:
            return found
    return name.strip().casefold()


_KNOWN = frozenset(name.casefold() for names in _BROAD.values() for name in names)
_SAME = {other: name for name, others in _SPELLINGS.items() for other in others}
_BROAD_OF = {name.casefold(): kind for kind, names in _BROAD.items() for name in names}
_OF_CLASS = {kind: frozenset(map(str.casefold, names)) for kind, names in CLASSES.items()}
_BY_TITLE = {title: kind for kind, title in TITLES.items()}


def _atoms(element: str) -> frozenset[str]:
    return frozenset([element] if element in _KNOWN else element.split("/"))


def class_named(text: str) -> str | None:
    """Find the class with this name or title."""
    plain = clean_name(text).casefold()
    found = _BY_TITLE.get(plain, plain)
    return found if found in CLASSES else None


def broad_class(model: str) -> str | None:
    """Tell what the weapons in one cell are; None if any of them is not in the table.

    Examples
    --------
    >>> broad_class("X-101/X-555 and Kalibr"), broad_class("C-300 and Iskander-M")
    ('cruise', 'several missile classes')
    >>> broad_class("Shahed-136/131 and Lancet")
    'several classes'
    >>> broad_class("Kalibr and Novelty") is None
    True
    >>> broad_class("Х-59/69"), broad_class("Х-31П"), broad_class("Іскандер")
    ('cruise', 'cruise', 'several missile classes')
    """
    atoms = frozenset(atom for element in elements(model) for atom in _atoms(element))
    if not atoms <= _KNOWN:
        return None
    found = {_BROAD_OF[atom] for atom in atoms}
    if len(found) == 1:
        return found.pop()
    return "several missile classes" if found <= set(_MISSILES) else "several classes"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The weapons asked for: whole classes, and models by name."""

    classes: frozenset[str]  # the models of the classes
    models: frozenset[str]

    @classmethod
    def of(cls, classes: list[str], models: list[str]) -> Wanted:
        """Gather the models of classes and the elements of names."""
        return cls(
            frozenset(name for kind in classes for name in _OF_CLASS[kind]),
            frozenset(element for model in models for element in elements(model)),
        )

    def whole(self, model: str) -> bool:
        """Tell whether every weapon in one cell was asked for."""
        return all(self._has(element) for element in elements(model))

    def part(self, model: str) -> bool:
        """Tell whether any weapon in one cell was, or may have been, asked for."""
        named = frozenset(atom for element in self.models for atom in _atoms(element))
        return any(_atoms(element) & (self.classes | named) for element in elements(model))

    def _has(self, element: str) -> bool:
        return element in self.models or _atoms(element) <= self.classes
