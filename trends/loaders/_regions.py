"""Regions, each with an area of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from trends.errors import NoValues
from trends.loaders._geodesy import Geometry, area_km2, overlapping, taken, united, within
from trends.loaders._given import path_of
from trends.loaders._reading import PathLike
from trends.loaders._rows import short, shown
from trends.loaders._shapes import name_of, read_shapes
from trends.panel import FloatArray


@dataclass(frozen=True, slots=True)
class Regions:
    """Regions by name; none of them means everywhere."""

    shapes: dict[str, Geometry]

    @classmethod
    def read(cls, path: PathLike | None, region_name: str) -> Regions:
        """Read a layer of regions, the polygons of each name united; none without a path."""
        return cls({} if path is None else _read(path_of(path), region_name))

    @property
    def names(self) -> tuple[str, ...]:
        """Names in the order of the file."""
        return tuple(self.shapes)

    def areas(self, geometry: Geometry) -> FloatArray:
        """Area in each region in km2."""
        if not self.shapes:
            return np.array([area_km2(geometry)])
        return np.array([area_km2(within(geometry, shape)) for shape in self.shapes.values()])

    def say_outside(self, held: Sequence[Geometry], notes: list[str]) -> None:
        """Say how much lies in no region, or in two."""
        if not self.shapes:
            return
        everywhere = united(list(self.shapes.values()), "the regions")
        outside = max(area_km2(taken(one, everywhere)) for one in held)
        inside = max(area_km2(one) for one in held)
        if outside > 1e-6 * inside:
            notes.append(f"Outside all regions, and in no series: at most {outside:,.4g} km2.")
        pairs = overlapping(list(self.shapes.values()))
        twice = sum(area_km2(within(a, b)) for a, b in pairs)
        if twice > 1:
            notes.append(f"Regions overlap by {twice:,.4g} km2, which counts in each of them.")


def _read(file: Path, region_name: str) -> dict[str, Geometry]:
    counts: Counter[str] = Counter()
    found: dict[str, list[Geometry]] = {}
    for number, feature in enumerate(read_shapes(file, counts).features, start=1):
        name = name_of(feature, number, shown(file), region_name, "region_name")
        found.setdefault(name, []).extend(feature.polygons)
    if not any(found.values()):
        raise NoValues(str(file), "it holds no polygon")
    return {
        name: united(parts, f"{shown(file)}: region {short(name)!r}")
        for name, parts in found.items()
    }
