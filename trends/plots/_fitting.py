"""Text that fits: how wide it is, where it breaks, and where it lies on no other."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patheffects import withStroke
from matplotlib.textpath import text_to_path

from trends.plots._style import INK, LABEL, PAPER

LEADING = 1.25  # of a line, in its size
MOST = 1_000  # characters of one text in a chart
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")  # all but the spaces that break no line
_NO_SIGN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Points that a line of text is wide."""
    if not text:
        return 0.0
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of letters that no font has: drawing them warns
        return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def drawable(text: str) -> str:
    """Text on one line and without control or half characters, which no font draws.

    Of a text longer than any chart has room for, the beginning with an ellipsis.
    """
    flat = text[: MOST + 1].encode("utf-8", "replace").decode("utf-8")
    flat = _NO_SIGN.sub("\ufffd", _BLANKS.sub(" ", flat).strip())
    return f"{flat[:MOST]}…" if len(text) > MOST else flat


def wrapped(
    text: str, width: float, size: float, weight: str = "normal", most: int = 4
) -> list[str]:
    """Break text into lines of at most `width` points; bold ones as even as their number allows.

    What does not fit in `most` lines is cut, with an ellipsis.
    """
    words = drawable(text).split(" ")
    width = max(width, 40.0)
    lines = _filled(words, width, size, weight)
    if len(lines) > most:
        last = lines[most - 1].split(" ")
        while len(last) > 1 and text_width(" ".join([*last, "…"]), size, weight) > width:
            last.pop()
        return [*lines[: most - 1], " ".join([*last, "…"])]
    if weight != "bold":
        return lines
    low, high = width / max(len(lines), 1) * 0.9, width
    for _ in range(7):  # the narrowest that needs no more lines
        middle = (low + high) / 2
        if len(_filled(words, middle, size, weight)) > len(lines):
            low = middle
        else:
            high = middle
    return _filled(words, high, size, weight)


def _filled(words: Sequence[str], width: float, size: float, weight: str) -> list[str]:
    lines, line = [], ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, weight) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while text_width(word, size, weight) > width and len(word) > 1:
            keep = max(1, int(len(word) * width / text_width(word, size, weight)) - 1)
            while keep > 1 and text_width(word[:keep], size, weight) > width:
                keep -= 1  # the first letters are wider than the mean
            lines.append(word[:keep])
            word = word[keep:]
        line = word
    return [*lines, line] if line or not lines else lines


def spread(heights: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move heights apart to at least `gap`, as little as possible, within bounds if these allow."""
    order = np.argsort(heights, kind="stable")
    groups: list[list[float]] = []  # [sum of wished bottoms, members]
    for rank, k in enumerate(order):
        groups.append([heights[k] - rank * gap, 1.0])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] >= groups[-1][0] / groups[-1][1]:
            total, members = groups.pop()
            groups[-1][0] += total
            groups[-1][1] += members
    bottoms = [total / members for total, members in groups for _ in range(int(members))]
    ceiling = high - (len(order) - 1) * gap
    out = [0.0] * len(order)
    for rank, k in enumerate(order):
        out[k] = max(min(bottoms[rank], ceiling), low) + rank * gap
    return out


def room(ax: Axes) -> tuple[float, float]:
    """Points that axes are wide and high."""
    box = ax.get_window_extent()
    scale = 72.0 / ax.figure.dpi
    return max(float(box.width) * scale, 20.0), max(float(box.height) * scale, 20.0)


Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Places:
    """What is taken on axes whose limits stand, in points from their lower left corner."""

    ax: Axes
    taken: list[Box] = field(default_factory=list)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the data lies."""
        (left, right), (low, high) = self.ax.get_xlim(), self.ax.get_ylim()
        width, height = room(self.ax)
        return (x - left) / (right - left) * width, (y - low) / (high - low) * height

    def free(self, box: Box) -> bool:
        """Whether nothing lies there yet."""
        a, b, c, d = box
        return not any(a < g and e < c and b < h and f < d for e, f, g, h in self.taken)

    def take_data(self, left: float, low: float, right: float, high: float) -> None:
        """Keep a rectangle of the data free of text."""
        (a, b), (c, d) = self.at(left, low), self.at(right, high)
        self.taken.append((min(a, c), min(b, d), max(a, c), max(b, d)))

    def take_points(self, x: float, y: float, half: float, up: float) -> None:
        """Keep what stands on, or (where `up` is negative) hangs from, a point free of text."""
        across, level = self.at(x, y)
        self.taken.append(
            (across - half, min(level, level + up), across + half, max(level, level + up))
        )

    def label(
        self,
        x: float,
        y: float,
        text: str,
        *,
        must: bool = False,
        half: float = 0.0,
        lift: float = 0.0,
        **look: Any,
    ) -> bool:
        """Write beside a point, above it or (where y is negative) below, if there is a place.

        The text stands in the middle, or flush with either side of a bar that is `half` wide to
        each side. If it `must` be there it is written even where something is in the way. `lift` is
        how many points more to keep from the value.
        """
        size, weight = look.get("fontsize", LABEL), look.get("weight", "normal")
        wide, tall = text_width(text, size, weight) + 2, size * 1.15
        across, up = self.at(x, y)
        side = self.at(x + half, y)[0] - across
        low = up + 2 + lift if y >= 0 else up - 2 - lift - tall
        places = [(across - wide / 2, "center"), (across + side - wide, "right")]
        places.append((across - side, "left"))
        width = room(self.ax)[0]
        fits = [
            (left, align)
            for left, align in places
            if left >= -2 and left + wide <= width + (wide if must else 2)
            and self.free((left, low, left + wide, low + tall))
        ]  # fmt: skip
        if not fits and not must:
            return False
        outside = across + wide / 2 > width + 2
        left, align = fits[0] if fits else places[1 if outside else 0]
        self.taken.append((left, low, left + wide, low + tall))
        offset = {"center": 0.0, "right": side, "left": -side}[align]
        self.ax.annotate(
            text,
            (x, y),
            xytext=(offset, 3 + lift if y >= 0 else -3 - lift),
            textcoords="offset points",
            ha=align,
            va="bottom" if y >= 0 else "top",
            path_effects=halo(),
            **{"fontsize": LABEL, "color": INK, "annotation_clip": False, **look},
        )
        return True


def halo(width: float = 2.5) -> list[Any]:
    """What keeps text legible on top of a bar or line."""
    return [withStroke(linewidth=width, foreground=PAPER)]
