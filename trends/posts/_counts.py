# ruff: noqa: RUF001
"""Numbers, each with the weapon that it counts."""

from __future__ import annotations

import re

from trends.posts._amounts import Amounts
from trends.posts._items import Item, add_name
from trends.posts._tokens import Token
from trends.posts._walk import FATES, VERBS

HEADS = frozenset({"drone", "decoy", "shahed", "missile", "model", "target", "recon"}) | frozenset(
    {"banderol", "small", "bomb", "loc"}
)
_PASSED = frozenset({"adj", "jet", "other", "bound"})  # between a number and its weapon
_UNTYPED = re.compile(r"[\s,]{0,3}(?:тип[у]?\s(?:як|кот)|невстановл|невідом|неизвест|неустан)")
_NOT_WEAPONS = frozenset({"benign", "timeword", "month", "%"})
_INCLUDING = re.compile(r"(?:числі|числе|т\.\s?ч\.|зокрема|including)[\s:-]{0,3}$")
_ENDS = frozenset({"", ",", ".", "\n", ")", ";"})


class Counts(Amounts):
    """Reads numbers and the weapons behind them."""

    def _number(self, token: Token) -> None:
        """Read a number and the weapon that it counts."""
        value, start, end, bound = self._value(token)
        follows = self._next()
        kind = follows.kind if follows else ""
        near = follows is not None and follows.gap == 0
        if near and kind in _NOT_WEAPONS:
            self.place += 1
            return
        before = self._kind(-self._back - 1)
        if before == "month":
            return  # "February 9"
        if near and kind == "of":
            after = self._next(1)
            if after and after.kind == "them" and after.gap == 0:
                self._part(value, bound, start, after.end)
                return
            if after and after.gap == 0 and after.kind == "number":
                self._of(value, bound, start, end)
                return
            if after and after.gap == 0 and after.kind in HEADS and self.fate in FATES:
                self.place += 1  # "18 of the drones"
        if near and kind == "-" and self._kind(1) == "model":
            self.place += 1  # "three missiles: two - Kh-59, one - Kh-35"
        every = "all" in {before, self._kind(-self._back - 2) if before == "of" else ""}
        if self._head(value, bound, start, end, self._role(before), True):
            self._counted_so(self.items[-1], before)
            self.items[-1].every = every and not self.inside
            return
        self._bare(value, bound, start, end, before)

    def _role(self, before: str) -> str:
        """Tell whether a number after "of" is the whole: "out of 30", but "destruction of 30"."""
        two, of = self._kind(-self._back - 2), self._next(-self._back - 1)
        if before != "of" or of is None or two in {"total", "benign", "all"}:
            return "count"
        english = self.text.text[of.start : of.end] == "of"
        return "count" if english and two in VERBS and not of.gap else "whole"

    def _counted_so(self, item: Item, before: str) -> None:
        """Read what stands around a number and its weapon: "the remaining 10", "all 24"."""
        if before == "recon" and item.kind == "drone":
            item.kind = "recon"  # "reconnaissance with three drones"
        ahead = self.text.text[max(0, item.start - 16) : item.start]
        item.rest = before == "rest" or _INCLUDING.search(ahead) is not None
        whole, after = self._next(1), self._kind(2)
        ends = whole is not None and whole.kind == "number" and not whole.gap and after in _ENDS
        if self._kind() == "of" and ends and item.fate == "down" and not item.headline:
            self.place += 1  # "81 drones of 112"
            most, start, end, bound = self._value(self._taken())
            self._whole(item, most, bound, start, end)

    def _part(self, value: int | None, bound: str, start: int, end: int) -> None:
        """Read "50 of them are jets"."""
        missiles = "missile" in self.seen and "drone" not in {each.kind for each in self.items}
        item = self._item("missile" if missiles else "drone", value, bound, start, end)
        item.role = "part"
        self.place += 2
        for token in self.tokens[self.place : self.place + 4]:
            if token.kind in {")", "\n", ".", "number"}:
                break
            item.jets = item.jets or token.kind == "jet"
            item.shaheds = item.shaheds or token.kind == "shahed"
        if item.fate == "down" and not item.jets and not item.shaheds and not self.inside:
            item.role = "count"  # "destroyed 10 of them"

    def _of(self, value: int | None, bound: str, start: int, end: int) -> None:
        """Read "24 of 30 drones"."""
        self.place += 1
        whole = self.tokens[self.place]
        self.place += 1
        most, second, after, other = self._value(whole)
        if self._head(value, bound, start, end, "count", True):
            item = self.items[-1]
            item.end = end
        else:
            item = self._item("", value, bound, start, end)
        self._whole(item, most, other, second, after)

    def _whole(self, item: Item, most: int | None, bound: str, start: int, end: int) -> None:
        """Add what an item is a part of; the verb that follows speaks of the part."""
        copy = self._item(item.kind, most, bound, start, end)
        copy.role, copy.models, copy.shaheds = "whole", list(item.models), item.shaheds
        copy.various = item.various
        self.items[-2:] = [copy, item]

    def _head(
        self, count: int | None, bound: str, start: int, end: int, role: str, numbered: bool
    ) -> bool:
        """Read the weapon that is counted; False if none follows at once."""
        place, adjectives, kind, jets, others = self.place, 0, "", False, False
        names: list[str] = []
        while place < len(self.tokens):
            token = self.tokens[place]
            if token.gap and not names and (numbered or place > self.place):
                break
            if token.kind in _PASSED:
                adjectives += token.kind == "adj"
                jets = jets or token.kind == "jet"
                others = others or token.kind == "other"
                place, end = place + 1, token.end
            elif token.kind == "/" and adjectives:
                place += 1
            elif token.kind == "(" and adjectives and (after := self._behind(place)):
                place = after
            elif token.kind == "model":
                add_name(names, str(token.value), self.tokens[place - 1].kind == "/")
                kind, place, end = "model", place + 1, token.end
            elif (token.kind == "/" and names) or (
                token.kind == "and" and place == self.place and self._kind(1) == "drone"
            ):
                place += 1
            elif token.kind in HEADS and (not token.gap or not names):
                kind, place, end = token.kind, place + 1, token.end
                break
            else:
                break
        if not kind and not adjectives:
            return False
        if not kind and (not numbered or (place < len(self.tokens) and self.tokens[place].gap)):
            return False  # "64 air strikes" counts no missiles
        self.place = place
        self._add(kind or "missile", count, bound, start, end, role, numbered, adjectives)
        item = self.items[-1]
        item.jets, item.others = item.jets or jets, item.others or others
        item.models.extend(names)
        self._tail(item)
        return True

    def _behind(self, place: int) -> int | None:
        """Find the missile behind a bracket: "29 ballistic (anti-ship among them) missiles"."""
        for after in range(place + 1, min(place + 8, len(self.tokens))):
            if self.tokens[after].kind == ")":
                follows = after + 1
                known = follows < len(self.tokens) and self.tokens[follows].kind == "missile"
                return follows if known and not self.tokens[follows].gap else None
        return None

    def _add(
        self,
        kind: str,
        count: int | None,
        bound: str,
        start: int,
        end: int,
        role: str,
        numbered: bool,
        adjectives: int,
    ) -> None:
        item = self._item("missile" if kind == "model" else kind, count, bound, start, end)
        item.role, item.numbered, item.kinds = role, numbered, adjectives
        if kind in {"shahed", "decoy"}:
            item.kind, item.shaheds, item.others = "drone", kind == "shahed", kind == "decoy"
            item.pure = item.shaheds
        if kind == "loc" and item.fate not in {"hit", "debris"}:
            item.role = "part"

    def _item(self, kind: str, count: int | None, bound: str, start: int, end: int) -> Item:
        item = Item(kind, count, bound, start, end, self.fate, self.sentence, self.paragraph)
        item.numbered = True
        item.inherited = bool(self.fate) and not (self.spoken or self.bullet or self.follows)
        item.headline, item.bullet = start < self.headline, self.bullet
        item.bracket = self.bracket if self.inside else -1
        self.items.append(item)
        self.seen.add(kind)
        self.broken = False
        return item

    def _tail(self, item: Item) -> None:
        """Read the names that follow a weapon at once: types of drones, models of missiles."""
        while (token := self._next()) is not None:
            joint = token.kind in {"/", ",", "and"}
            follows = self._next(1) if joint else token
            if follows is None or follows.gap or token.gap:
                break
            if item.kind == "missile" and follows.kind == "model":
                add_name(item.models, str(follows.value), token.kind == "/")
            elif item.kind == "drone" and follows.kind in {"shahed", "other", "decoy", "jet"}:
                item.shaheds = item.shaheds or follows.kind == "shahed"
                item.others = item.others or follows.kind in {"other", "decoy"}
            elif item.kind == "drone" and follows.kind in {"recon", "small"}:
                item.kind = follows.kind  # "a drone Orlan-10"
            elif item.kind in {"recon", "small"} and follows.kind in {"drone", "recon", "small"}:
                pass  # "reconnaissance drones", "Orlan-10 drones"
            elif item.kind == follows.kind and not joint:
                pass  # the same weapon in two words: "loitering munitions"
            else:
                break
            item.end = follows.end
            self.place += 1 + joint
        if item.kind == "missile" and not item.models:
            after = self._next()
            after = self._next(1) if after is not None and after.kind == "of" else after
            item.various = after is not None and after.kind == "other" and not after.gap
            item.untyped = _UNTYPED.match(self.text.text, item.end) is not None

    def _bare(self, value: int | None, bound: str, start: int, end: int, before: str) -> None:
        """Read a number without a weapon: of places, or with its verb behind it."""
        if self.fate in {"hit", "debris"}:
            if before == "in":
                item = self._item("loc", value, bound, start, end)
                if self._kind() == "-" and self._kind(1) == "debris":
                    item.fate = "debris"  # "on seven locations, on one - debris"
            return
        offset = 1 if self._kind() == "-" else 0
        follows = self._next(offset)
        alone = follows is None or follows.kind in {".", ",", ";", "\n", "and"}
        only = self.seen <= {"drone", "shahed", "decoy", "loc", ""}
        if value is not None and 2000 < value < 2100 and bound == "exact":
            return  # a year
        if follows is not None and follows.kind in FATES and follows.gap <= 1:
            self._item("", value, bound, start, end)
        elif before == "down" and alone and only and self.items:
            self._item("", value, bound, start, end)  # "Shot down: 87."
        elif self.fate in {"launch", "down"} and not self.inside:
            self.unread.append((start, end))

    def _all(self, token: Token) -> None:
        """Read "all destroyed", "both destroyed"."""
        follows = self._next(1 if self._kind() == "-" else 0)
        number = token.value if isinstance(token.value, int) else None
        if follows is not None and follows.kind in {"down", "lost"} and follows.gap <= 3:
            item = self._item("", number, "exact", token.start, token.end)
            item.role = "count" if number else "all"
        elif self._kind(-2) == "down" and (not follows or follows.kind in {".", "\n", ","}):
            self._item("", number, "exact", token.start, token.end).role = "all"
        elif number and self._head(number, "exact", token.start, token.end, "count", True):
            return
        elif follows is not None and not follows.gap and follows.kind in self._named():
            self._item("drone", None, "exact", token.start, token.end).role = "all"
            self.place += 1

    def _named(self) -> set[str]:
        return {"drone", "shahed", "target"} if self.fate == "down" else {"drone"}

    def _multiple(self, token: Token) -> None:
        """Read "a hundred drones" as about that many; "hundreds" is no number."""
        word = self.text.text[token.start : token.end]
        if word.endswith(("ок", "сотня", "сотню", "сотнею", "hundred", "тисячу", "тысячу")):
            self._back = 1
            bound, start = self._bound(self.place - 1, token.start)
            bound = "about" if bound == "exact" else bound
            self._head(int(str(token.value)), bound, start, token.end, "count", True)
