"""Files of polygons to one geometry a day, the day read from the name of the file."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from trends.errors import (
    BadOption,
    BadTable,
    EmptyTable,
    NoValues,
    UnknownName,
    UnreadableFile,
)
from trends.loaders._geodesy import Geometry, need_geo, united
from trends.loaders._given import path_of
from trends.loaders._reading import EARLIEST, PathLike, latest_year
from trends.loaders._rows import brief, short, shown
from trends.loaders._shapes import SAID, SUFFIXES, Feature, Shapes, name_of, read_shapes

_DATE = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)
_OF_A_SHAPEFILE = (".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".xml")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All polygons of a day, united."""

    day: dt.date
    held: Geometry


@dataclass(frozen=True, slots=True)
class Snapshots:
    """The days in order, and what was odd on the way to them."""

    name: str  # what an error calls them
    layers: tuple[str, ...]
    days: tuple[Snapshot, ...]
    notes: tuple[str, ...]


def read_snapshots(
    path: PathLike | Iterable[PathLike],
    *,
    layers: Sequence[str] | None,
    layer_property: str | None,
    dates: Mapping[str, dt.date | None] | None,
) -> Snapshots:
    """Read every file, its day and its layers, and unite the polygons of a day."""
    notes: list[str] = []
    name, files = _files(path, notes)
    need_geo(name)
    counts: Counter[str] = Counter()
    found: dict[dt.date, dict[str, Geometry]] = {}
    repeated = 0
    for file, day in _dated(name, files, dates, notes):
        shapes = read_shapes(file, counts)
        _refuse_misdated(shapes, day, dates)
        known = found.setdefault(day, {})
        for layer, geometry in _by_layer(file, shapes, layer_property).items():
            if layer in known:
                if not known[layer].equals(geometry):
                    raise BadTable(
                        str(file), f"{day} has other polygons in another file", "Keep one of them."
                    )
                repeated += 1
            known[layer] = geometry
    wanted, days = _wanted(name, found, layers, notes)
    notes.insert(0, f"Files read: {len(files):,}; days with polygons: {len(days):,}.")
    notes.insert(1, _extent(days))
    if repeated:
        notes.append(f"Dropped because they repeat a day with the same polygons: {repeated:,}.")
    notes += [f"{SAID[key]}: {counts[key]:,}." for key in SAID if counts[key]]
    same = sum(a.held.equals_exact(b.held, 0) for a, b in pairwise(days))
    if same:
        notes.append(f"Days with the same polygons as the one before: {same:,}.")
    return Snapshots(name, wanted, days, tuple(notes))


def _extent(days: Sequence[Snapshot]) -> str:
    """Where the polygons lie: places given latitude first are not told apart in any other way."""
    west, south, east, north = zip(*(day.held.bounds for day in days), strict=True)
    return (
        f"Polygons lie from longitude {min(west):.1f} to {max(east):.1f}, "
        f"latitude {min(south):.1f} to {max(north):.1f}."
    )


def _files(path: PathLike | Iterable[PathLike], notes: list[str]) -> tuple[str, list[Path]]:
    """List the files to read; of a folder, those that hold polygons by their name."""
    if not isinstance(path, str | os.PathLike):
        if not isinstance(path, Iterable):
            raise BadOption("polygons", "path", type(path), "a path, or several")
        files = [path_of(one) for one in path]
        if not files:
            raise EmptyTable("polygons", "no files")
        return f"{files[0].parent}: {len(files)} files", files
    folder = path_of(path)
    try:
        if not folder.is_dir():
            return str(folder), [folder]
        inside = sorted(entry for entry in folder.iterdir() if not entry.is_dir())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(
            folder, f"it cannot be opened ({reason})", "Check its permissions and its name."
        ) from error
    files = [file for file in inside if file.suffix.lower() in SUFFIXES]
    if not files:
        raise EmptyTable(str(folder), f"no file that ends in {', '.join(SUFFIXES)}")
    others = [
        file.name for file in inside if file.suffix.lower() not in (*SUFFIXES, *_OF_A_SHAPEFILE)
    ]
    if others:
        notes.append(f"Files left out, by their name not polygons: {_list(others)}")
    return str(folder), files


def _list(names: Sequence[object]) -> str:
    return ", ".join(map(str, names[:6])) + (" ..." if len(names) > 6 else ".")


def _dated(
    name: str,
    files: list[Path],
    dates: Mapping[str, dt.date | None] | None,
    notes: list[str],
) -> list[tuple[Path, dt.date]]:
    """Give each file its day: the one in its name, unless `dates` says another or None."""
    if dates is not None and not isinstance(dates, Mapping):
        raise BadOption(name, "dates", dates, "days by the names of files")
    dates = dates or {}
    for key, given in dates.items():
        if given is not None and (isinstance(given, dt.datetime) or not isinstance(given, dt.date)):
            raise BadOption(f"{name}: dates", key, given, "a datetime.date, or None")
        if key not in {file.name for file in files}:
            raise UnknownName(f"{name}: dates", key, [file.name for file in files])
    dated = []
    skipped = []
    for file in files:
        day = dates[file.name] if file.name in dates else _day(file)
        if day is None:
            skipped.append(file.name)
        else:
            dated.append((file, day))
    if skipped:
        notes.append(f"Files left out, as dates= says: {_list(skipped)}")
    if not dated:
        raise EmptyTable(name, "no file with a day")
    return dated


def _day(file: Path) -> dt.date:
    found = {match[0]: match for match in _DATE.finditer(file.name)}
    remedy = f"Rename it to hold its day as 20250630, or say dates={{{file.name!r}: date}}."
    if len(found) != 1:
        held = ", ".join(found) if found else "no day"
        raise BadTable(str(file), f"its name holds {held}", remedy)
    ((text, match),) = found.items()
    try:
        day = dt.date(int(match[1]), int(match[3]), int(match[4]))
        if not EARLIEST <= day.year <= latest_year():
            raise ValueError(f"{day.year} is too far away")
        return day
    except ValueError as error:
        raise BadTable(str(file), f"its name holds {text}, which is no day", remedy) from error


def _refuse_misdated(
    shapes: Shapes, day: dt.date, dates: Mapping[str, dt.date | None] | None
) -> None:
    """Refuse a file that calls its own content by another day than its name."""
    file = Path(shapes.file)
    if dates and file.name in dates:
        return
    for match in _DATE.finditer(shapes.title):
        if (int(match[1]), int(match[3]), int(match[4])) != (day.year, day.month, day.day):
            raise BadTable(
                shapes.file,
                f"it is misdated: its name says {day}, and its content {brief(shapes.title)}",
                f"Say which is right: dates={{{file.name!r}: date}}, or None to leave it out.",
            )


def _by_layer(file: Path, shapes: Shapes, layer_property: str | None) -> dict[str, Geometry]:
    """Unite the polygons of each layer."""
    parts: dict[str, list[Geometry]] = {}
    for number, feature in enumerate(shapes.features, start=1):
        layer = _layer(file, number, feature, layer_property)
        parts.setdefault(layer, []).extend(feature.polygons)
    return {
        layer: united(found, f"{shapes.file}: layer {short(layer)!r}")
        for layer, found in parts.items()
        if found
    }


def _layer(file: Path, number: int, feature: Feature, layer_property: str | None) -> str:
    """Tell the layer of a feature: its property, its GeoPackage layer, or the name of the file."""
    if layer_property is None:
        return _DATE.sub("", feature.layer or file.stem).strip(" -_.") or "polygons"
    return name_of(feature, number, shown(file), layer_property, "layer_property")


def _wanted(
    name: str,
    found: dict[dt.date, dict[str, Geometry]],
    layers: Sequence[str] | None,
    notes: list[str],
) -> tuple[tuple[str, ...], tuple[Snapshot, ...]]:
    """Unite the layers wanted; leave out the days that lack one."""
    present = sorted({layer for day in found.values() for layer in day})
    if not present:
        raise NoValues(name, "no file holds a polygon")
    if layers is None:
        if len(present) > 1:
            needed = f"a choice of the layers to unite, of {', '.join(map(repr, present))}"
            raise BadOption(name, "layers", None, needed)
        layers = present
    layers = [layers] if isinstance(layers, str) else layers
    if not isinstance(layers, Sequence) or not layers:
        raise BadOption(name, "layers", layers, f"one or more of {', '.join(map(repr, present))}")
    layers = list(dict.fromkeys(layers))
    for layer in layers:
        if layer not in present:
            raise UnknownName(f"{name}: layers", layer, present)
    others = [layer for layer in present if layer not in layers]
    if others:
        notes.append(f"Layers left out: {_list(others)}")
    whole = sorted(day for day, held in found.items() if all(layer in held for layer in layers))
    short = sorted(set(found) - set(whole))
    if short:
        notes.append(
            f"Days left out, for want of polygons or of a layer ({len(short):,}): {_list(short)}"
        )
    if not whole:
        raise NoValues(name, "no day has all layers")
    return tuple(layers), tuple(
        Snapshot(
            day,
            united([found[day][layer] for layer in layers], f"{name}, {day}")
            if len(layers) > 1
            else found[day][layers[0]],
        )
        for day in whole
    )
