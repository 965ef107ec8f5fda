# ruff: noqa: RUF001
"""The tokens of a text gone through in order: sentences, lists, brackets, verbs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trends.posts._items import Item
from trends.posts._tokens import Plain, Token

VERBS = frozenset({"launch", "down", "lost", "reach", "hit", "debris", "left", "ignore"})
FATES = frozenset({"down", "lost", "reach", "hit", "left"})  # may follow what they are said of
_GOES_ON = (
    *("зокрема", "також", "а також", "в том числе", "also", "in particular"),
    *("усього", "всього", "загалом", "всего"),
)
_ALSO = re.compile(
    r"[^\w\d]*(?:а?\s?також|крім того|кроме того|also|in addition|а ще|ще|ещё|еще"
    r"|усього|всього|загалом|всего|a total|in total)\s"
)
_WITH = re.compile(r"\s(?:\w+\s){0,2}with\s")
_CLOSED = frozenset({".", ":", ";", "", "\n"})
_BULLETS = frozenset("-–—•*+▪▫●◦·◾◽🔹🔸✅➡")


class Walk:
    """A place in the tokens, the verb that governs it, and the items found so far."""

    def __init__(self, text: Plain, found: Sequence[Token], headline: int) -> None:
        self.text, self.tokens, self.headline = text, found, headline
        self.items: list[Item] = []
        self.seen: set[str] = set()  # the weapons found so far
        self.unread: list[tuple[int, int]] = []
        self.stopped: int | None = None  # where a reminder of other attacks begins
        self.long = False  # a count over a week or a month
        self.apart: int | None = None  # where one begins behind the counts of a night
        self.fate = self.rule = ""  # of the last verb; of the last that stood before its weapons
        self.sentence = self.paragraph = 0
        self.follows = False  # the sentence goes on with the one before: "Also 168 drones"
        self.spoken = False  # a verb stands in this sentence already
        self.broken = True  # a comma or a joint stands between the last item and here
        self.bracket = -1
        self.inside = False
        self.bullet = self.listing = False
        self.place = 0

    # -- marks ---------------------------------------------------------------------------------
    def _next(self, offset: int = 0) -> Token | None:
        place = self.place + offset
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def _kind(self, offset: int = 0) -> str:
        token = self._next(offset)
        return token.kind if token else ""

    def _full_stop(self, _: Token) -> None:
        self._new_sentence()

    def _new_sentence(self) -> None:
        self.sentence += 1
        self.spoken, self.broken, self.inside = False, True, False
        self.follows = self._goes_on()

    def _goes_on(self) -> bool:
        token = self._next(-1)
        return token is not None and _ALSO.match(self.text.text, token.end) is not None

    def _line(self, token: Token) -> None:
        """End a line: a bullet follows, the sentence goes on, or a new paragraph begins."""
        shown, end = self.text.shown, token.end
        blank = False
        while end < len(shown) and shown[end] in " \n":
            blank = blank or shown[end] == "\n"
            end += 1
        before, marked = self._kind(-2), False
        while self._kind() in {"\n", "-", "•"}:
            marked = marked or self._kind() == "•"
            self.place += 1
        self.listing = before == ":" or (
            self.listing and (before in {";", "\n", "."} or self.bullet)
        )
        first = shown[end : end + 1]
        follows = self._next()
        bullet = first in _BULLETS or marked
        number = follows is not None and follows.kind in {"number", "bound", "not"}
        numbered = number and follows is not None and follows.start - end <= 4
        listed = bullet and self.rule in {"launch", "down"} and self._weapon_next()
        if listed or (self.listing and (bullet or numbered)):
            self.bullet = True
            self.fate = self.rule
            self._new_sentence()
        elif (
            blank or before in {".", ":", ";", "", "\n"} or not (first.islower() or first.isdigit())
        ):
            self._new_sentence()
            self.paragraph += 1
            self.bullet = self.listing = False
            if not self.text.text.startswith(_GOES_ON, end):
                self.fate = self.rule = ""

    def _weapon_next(self) -> bool:
        """Tell whether a bullet begins with a weapon: then it is of a list without a colon."""
        return self._kind() in {"number", "bound", "adj", "missile", "model", "banderol"}

    def _open(self, _: Token) -> None:
        self.inside = self._closes()
        self.bracket = len(self.items) - 1
        self.broken = True

    def _closes(self) -> bool:
        """Tell whether the bracket that opens here is closed before another or the line's end."""
        for token in self.tokens[self.place : self.place + 60]:
            if token.kind in {"(", "\n"}:
                return False
            if token.kind == ")":
                return True
        return False

    def _close(self, _: Token) -> None:
        self.inside = False

    def _break(self, _: Token) -> None:
        self.broken = True

    # -- verbs ---------------------------------------------------------------------------------
    def _verb(self, token: Token) -> None:
        """Note what becomes of the weapons that follow, or of the one just named."""
        fate, behind = token.kind, False
        if fate == "hit" and _WITH.match(self.text.text, token.end):
            fate = "launch"  # "struck with 20 drones"
        if fate == "lost" and self.fate == "reach" and self.items and not self._apart():
            self.items[-1].fate, behind = fate, True  # "did not reach its target (lost)"
        elif fate in FATES and not self.broken and self.items and self._here(self.items[-1]):
            self._follows(fate)
            behind = True
        elif fate == "launch" and not self.broken and self.items and not self.spoken:
            self._follows(fate)
        elif fate in {"launch", "down", "lost"} and not self.spoken:
            self._ungoverned(fate)
        if fate == "down" and self.fate == "debris" and not self.broken:
            return
        self.fate, self.spoken, self.broken = fate, True, True
        if not behind:
            self.rule = fate

    def _apart(self) -> bool:
        return not self._here(self.items[-1])

    def _here(self, item: Item) -> bool:
        return item.sentence == self.sentence

    def _follows(self, fate: str) -> None:
        """Let a verb govern what stands before it: all of its sentence if no verb did before."""
        last = self.items[-1]
        if fate == "hit" and last.fate == "hit":
            return
        for item in reversed(self.items):
            if not self._here(item) or (item is not last and self.spoken):
                break
            item.fate, item.inherited = fate, False
        plain = last.role == "part" and not last.jets and not last.shaheds
        if fate == "down" and plain and last.numbered and last.bracket < 0:
            last.role = "count"  # "14 were launched; 11 of them were shot down"

    def _ungoverned(self, fate: str) -> None:
        """Let the first verb of a sentence govern what stands before it without one."""
        for item in reversed(self.items):
            if not self._here(item) or item.fate:
                break
            item.fate = fate

    def _aloft(self, _: Token) -> None:
        """Read "one drone is in the air": it is neither lost nor shot down."""
        if self._kind(-2) == "in" and self.items and not self.spoken and not self.broken:
            last = self.items[-1]
            if self._here(last):
                last.fate = "left"

    def _recorded(self, token: Token) -> None:
        """Read "recorded": of launches, unless what follows says of what else."""
        if self._kind() not in VERBS:
            self._verb(token._replace(kind="launch"))

    def _foe(self, _: Token) -> None:
        """Read "the enemy 104 drones", where the verb was left out."""
        if self._kind() == "number" and not self.spoken and not self.tokens[self.place].gap:
            self.fate, self.follows = "launch", True

    def _stop(self, token: Token) -> None:
        """End where a reminder of other attacks begins, at the start of a sentence."""
        if self._kind(-2) in {"", ".", "\n"} and token.gap <= 4:
            self.stopped = token.start

    def _reminder(self, token: Token) -> None:
        """End at "as we wrote", "earlier it was said"; the air force itself also tells."""
        ahead = self.text.text[max(0, token.start - 12) : token.start]
        if ahead.rstrip().endswith(("як", "як вже", "раніше", "как", "ранее")):
            self._stop(token)

    def _long(self, token: Token) -> None:
        """Note a count over a week or a month; after other counts, end before its sentence."""
        before = [item for item in self.items if not self._here(item)]
        if any(item.numbered and item.fate in {"launch", "down"} for item in before):
            self.items[:] = before
            self.stopped = self.apart = token.start
        else:
            self.long = True
