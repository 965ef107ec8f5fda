# ruff: noqa: RUF001
"""The tokens of a text gone through in order: sentences, lists, brackets, verbs."""

from __future__ import annotations

from collections.abc import Sequence

from trends.posts._items import Item
from trends.posts._tokens import Plain, Token

VERBS = frozenset({"launch", "down", "lost", "reach", "hit", "debris", "left", "ignore"})
FATES = frozenset({"down", "lost", "reach", "hit", "left"})  # may follow what they are said of
_GOES_ON = ("зокрема", "також", "а також", "в том числе", "also", "in particular")
_CLOSED = frozenset({".", ":", ";", "", "\n"})
_BULLETS = frozenset("-–—•*+")


class Walk:
    """A place in the tokens, the verb that governs it, and the items found so far."""

    def __init__(self, text: Plain, found: Sequence[Token], headline: int) -> None:
        self.text, self.tokens, self.headline = text, found, headline
        self.items: list[Item] = []
        self.seen: set[str] = set()  # the weapons found so far
        self.unread: list[tuple[int, int]] = []
        self.stopped: int | None = None  # where a reminder of other attacks begins
        self.long = False  # a count over a week or a month
        self.fate = self.rule = ""  # of the last verb; of the last that stood before its weapons
        self.sentence = self.paragraph = 0
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
        numbered = follows is not None and follows.kind == "number" and follows.start - end <= 4
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
        if fate == "lost" and self.fate == "reach" and self.items and not self._apart():
            self.items[-1].fate, behind = fate, True  # "did not reach its target (lost)"
        elif fate in FATES and not self.broken and self.items and self._here(self.items[-1]):
            self._follows(fate)
            behind = True
        elif fate == "launch" and not self.broken and self.items and not self.spoken:
            self._follows(fate)
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
            item.fate = fate

    def _recorded(self, token: Token) -> None:
        """Read "recorded": of launches, unless what follows says of what else."""
        if self._kind() not in VERBS:
            self._verb(token._replace(kind="launch"))

    def _foe(self, _: Token) -> None:
        """Read "the enemy 104 drones", where the verb was left out."""
        if self._kind() == "number" and not self.spoken and not self.tokens[self.place].gap:
            self.fate = "launch"

    def _stop(self, token: Token) -> None:
        """End where a reminder of other attacks begins, at the start of a sentence."""
        if self._kind(-2) in {"", ".", "\n"} and token.gap <= 4:
            self.stopped = token.start

    def _long(self, _: Token) -> None:
        self.long = True
