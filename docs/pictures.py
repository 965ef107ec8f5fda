"""Draw the pictures that the README and the docs show: python docs/pictures.py."""

from pathlib import Path

import pandas as pd

import trends
from trends.plots import Marks, plot_series, png_bytes


def main() -> None:
    panel = trends.load("territory-gain-afp")
    month = pd.Period("2025-06", "M")
    (streak,) = (c for c in trends.propose(panel, month) if c.type == "streak")
    marks = Marks(month, streak.sentence(), (month - streak.length, month), month - 7)
    picture = Path(__file__).parent / "images" / "territory-2025-06.png"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(png_bytes(plot_series(panel, "territory", marks), dpi=110))


if __name__ == "__main__":
    main()
