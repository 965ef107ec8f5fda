"""Draw the pictures that the README and the docs show: python docs/pictures.py."""

from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

import trends
from trends.detect.alarms import find_alarms
from trends.plots import Marks, plot, plot_series, png_bytes

IMAGES = Path(__file__).parent / "images"
SOURCES = ("afp", "isw", "deepstate", "deepstate-bom")


def territory() -> Axes:
    """The front page: a streak of three rises."""
    panel = trends.load("territory-gain-afp")
    month = pd.Period("2025-06", "M")
    (streak,) = (c for c in trends.propose(panel, month) if c.type == "streak")
    marks = Marks(month, streak.sentence(), (month - streak.length, month), month - 7)
    return plot_series(panel, "territory", marks)


def main() -> None:
    drones = trends.load("drones-launched")
    sources = {name: trends.load(f"territory-gain-{name}") for name in SOURCES}
    pictures = {
        "territory-2025-06": territory(),
        "drones-2025-06": plot(drones, month="2025-06"),
        "drones-years": plot(drones, "years"),
        "missiles-expected": plot(find_alarms(trends.load("missiles-launched"), alpha=0.05)),
        "territory-sources": plot(sources, first="2023-12"),
    }
    IMAGES.mkdir(exist_ok=True)
    for name, ax in pictures.items():
        (IMAGES / f"{name}.png").write_bytes(png_bytes(ax, dpi=110))


if __name__ == "__main__":
    main()
