"""A text read into items: numbers with their weapons, and weapons without a number."""

from __future__ import annotations

import re
from collections.abc import Callable

from trends.posts._counts import HEADS, Counts
from trends.posts._items import Item, add_name
from trends.posts._tokens import Token
from trends.posts._walk import VERBS
from trends.posts._words import SINGULAR

_UNITS = re.compile(
    r"\s(?:units?|forces?|attacks?|strikes?|troops|brigades?|defen[cs]e|threat|system)"
)


class Reader(Counts):
    """Goes through the tokens once and collects the items."""

    def read(self) -> list[Item]:
        """Read all tokens."""
        while self.place < len(self.tokens):
            token = self.tokens[self.place]
            handler = _HANDLERS.get(token.kind)
            self.place = after = self.place + 1
            if handler is not None:
                handler(self, token)
                self.place = max(self.place, after)
            if self.stopped is not None:
                break
        return self.items

    def _weapon(self, token: Token) -> None:
        """Read a weapon without a number."""
        last = self.items[-1] if self.items else None
        if token.kind == "adj":
            self._adjectives(token)
            return
        if token.kind in {"shahed", "other", "decoy", "jet", "drone"} and self._typed(token):
            return
        if token.kind == "model" and self._orphan(last, token):
            return
        if token.kind in {"other", "jet", "loc", "target"}:
            return
        if token.kind in {"missile", "drone"} and _UNITS.match(self.text.text, token.end):
            return  # "anti-aircraft missile units", "a drone attack"
        if token.kind == "missile" and last and self._shares(last, token):
            self._tail(last)
            return
        self.place -= 1
        self._head(None, "exact", token.start, token.end, "count", False)
        noun = self.tokens[self.place - 1]  # "a Kh-59 missile" ends with what tells its number
        if self.items and self.items[-1].end >= noun.end and not self.items[-1].numbered:
            self._alone(self.items[-1], token, noun)

    def _alone(self, item: Item, first: Token, last: Token) -> None:
        """Count a weapon without a number as one if its noun is in the singular."""
        noun = first.kind in {"drone", "shahed", "missile"}  # "drones of the type Shahed"
        for token in (first,) if noun else (first, last):
            if SINGULAR.search(self.text.text, token.start, token.end):
                item.count = 1

    def _adjectives(self, token: Token) -> None:
        """Read "ballistic, cruise and guided missiles" without a number before them."""
        place, joints = self.place, 0
        most = min(len(self.tokens), place + 20)
        while place < most and not self.tokens[place].gap:
            kind = self.tokens[place].kind
            if kind not in {"adj", ",", "and", "/"}:
                break
            joints += kind in {",", "and"}
            place += 1
        if place < len(self.tokens) and self.tokens[place].kind in {"missile", "model"}:
            noun = self.tokens[place]
            if noun.gap:
                return
            last = self.items[-1] if self.items else None
            if last and self._shares(last, noun):
                self.place = place + 1
                self._tail(last)
                return
            one = SINGULAR.search(self.text.text, noun.start, noun.end) is not None
            self.place = place
            self._head(1 if one else None, "exact", token.start, noun.end, "count", False)
            self.items[-1].kinds = 1 + joints

    def _shares(self, last: Item, noun: Token) -> bool:
        """Tell whether one number counts both: "28 missiles A and guided missiles B", in one case.

        Only the genitive plural depends on the number before; the instrumental stands alone.
        """
        genitive = self.text.text[noun.start : noun.end] == "ракет"
        before = self.text.text[last.start : last.end]
        counted = last.kind == "missile" and last.numbered and bool(last.models)
        return genitive and counted and self._here(last) and " ракет " in before

    def _counted(self) -> Item | None:
        """Find the drones counted last in this sentence under the same verb."""
        for item in reversed(self.items):
            if not self._here(item) or item.fate != self.fate:
                return None
            if item.kind == "drone" and item.role != "part":
                return item
        return None

    def _typed(self, token: Token) -> bool:
        """Add a type of drone to the drones counted before it in the sentence."""
        last = self._counted()
        if last is None:
            return token.kind in {"other", "jet"}
        if token.kind == "drone":
            joined = last.numbered and not self.inside and self._kind(-2) in {",", "and"}
            last.others = last.others or joined
            return last.numbered
        if token.kind == "jet":
            last.jets = last.jets or self.inside
        elif token.kind == "shahed" and self._kind(-2) == "-" and last.numbered:
            last.role = "part" if last.role == "count" and self._smaller(last) else last.role
            last.shaheds = True
        else:
            last.shaheds = last.shaheds or token.kind == "shahed"
            last.others = last.others or token.kind != "shahed"
        return last.numbered

    def _smaller(self, part: Item) -> bool:
        """Tell whether more drones were counted before: then this is a part of them."""
        return any(
            item.kind == "drone" and item.fate == "launch" and (item.count or 0) > (part.count or 0)
            for item in self.items[-40:-1]
        )

    def _orphan(self, last: Item | None, token: Token) -> bool:
        """Give a model to the missiles named before it in the sentence, if they have none."""
        if last is None or last.kind != "missile" or not self._here(last):
            return False
        joint = self._next(-2)
        joined = joint is not None and joint.kind in {"/", ",", "and"} and not joint.gap
        if last.models and (token.gap or not joined):
            return False
        if last.models and self._kind(-2) == "and" and last.numbered is False and last.count == 1:
            return False
        add_name(last.models, str(token.value), self._kind(-2) == "/")
        last.end = token.end
        self._tail(last)
        return True


_HANDLERS: dict[str, Callable[[Reader, Token], None]] = {
    **dict.fromkeys(VERBS, Reader._verb),
    **dict.fromkeys(HEADS | {"adj", "other", "jet"}, Reader._weapon),
    **dict.fromkeys((",", ";", ":", "and"), Reader._break),
    "fix": Reader._recorded,
    "foe": Reader._foe,
    "number": Reader._number,
    "multiple": Reader._multiple,
    "all": Reader._all,
    "both": Reader._all,
    "(": Reader._open,
    ")": Reader._close,
    ".": Reader._full_stop,
    "\n": Reader._line,
    "•": Reader._break,
    "stop": Reader._stop,
    "reminder": Reader._reminder,
    "long": Reader._long,
    "aloft": Reader._aloft,
}
