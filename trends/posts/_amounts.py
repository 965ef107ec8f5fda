"""Numbers in digits and words, and what bounds them: over, up to, about."""

from __future__ import annotations

from trends.posts._tokens import Token
from trends.posts._walk import Walk


class Amounts(Walk):
    """Reads a number of one or more words."""

    _back = 1  # words that the number takes

    def _value(self, token: Token) -> tuple[int | None, int, int, str]:
        """Read a number of one or more words, and the bound before it."""
        first, value, end = self.place - 1, token.value, token.end
        total = value if isinstance(value, int) else None
        words = self.text.text[token.start].isdigit() is False
        while total is not None and (more := self._next()) is not None and more.gap == 0:
            if more.kind == "multiple" and isinstance(more.value, int):
                total, end, words = total * more.value, more.end, True
            elif words and more.kind == "number" and _adds(total, more.value):
                total, end = total + int(str(more.value)), more.end
            else:
                break
            self.place += 1
        if self._kind() == "-" and self._kind(1) == "number" and self._joined(end):
            total, end = None, self.tokens[self.place + 1].end  # a range: "5-6 missiles"
            self.unread.append((token.start, end))
            self.place += 2
        self._back = self.place - first
        bound, start = self._bound(first, token.start)
        if bound == "exact" and self.tokens[self.place - 1].kind == "multiple":
            bound = "about"  # "four tens of drones" is a round number
        return total, start, end, bound

    def _joined(self, end: int) -> bool:
        token = self.tokens[self.place]
        return token.start == end and self.tokens[self.place + 1].start == token.end

    def _bound(self, first: int, start: int) -> tuple[str, int]:
        """Read the words before a number: over, up to, about."""
        token = self.tokens[first - 1] if first else None
        if token is None or self.tokens[first].gap:
            return "exact", start
        if token.kind == "to" or (
            token.kind == "of" and first > 1 and self.tokens[first - 2].kind == "up"
        ):
            return "at most", token.start
        if token.kind != "bound":
            return "exact", start
        self._back += 1
        negated = first > 1 and self.tokens[first - 2].kind == "not" and not token.gap
        words = {"more": ("at least", "at most"), "less": ("at most", "at least")}
        bound = words.get(str(token.value), (str(token.value),) * 2)[negated]
        return bound, self.tokens[first - 2].start if negated else token.start

    def _taken(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]


def _adds(total: int, more: object) -> bool:
    """Tell whether a number word goes on with a smaller one: hundred, ten, unit."""
    if not isinstance(more, int) or not 0 < more < 100:
        return False
    return (total % 100 == 0 and total > 0) or (total % 10 == 0 and total % 100 >= 20 > 10 > more)
