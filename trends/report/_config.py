"""What a scheduled report is made of: ``report.toml``."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from trends.errors import BadOption, NoValues, UnknownName, UnknownOption, UnreadableFile
from trends.panel import Panel, as_month
from trends.report._files import DEFAULT, FORMATS
from trends.report._words import read_words

LAST_COMPLETE = "last complete"
LARGEST_LOGO = 200_000  # bytes: it is in every page
PICTURES = {".svg": "image/svg+xml", ".png": "image/png"}
_TOP: dict[str, type | tuple[type, ...]] = {
    "title": str,
    "language": str,
    "logo": str,
    "months": (str, list),
    "output": dict,
    "series": list,
}
_OUTPUT: dict[str, type | tuple[type, ...]] = {"folder": str, "formats": list}
_SERIES: dict[str, type | tuple[type, ...]] = {
    "data": str,
    "select": list,
    "definition": str,
    "source": str,
    "quantity": str,
    "unit": str,
    "month_column": str,
    "value_column": str,
    "series_column": str,
    "anomalies": str,
    "store": str,
    "as_of": str,
}
_KINDS: dict[object, str] = {
    str: "text",
    list: "a list",
    dict: "a table",
    (str, list): "text or a list",
}


@dataclass(frozen=True, slots=True)
class Config:
    """A report that is made again and again.

    Parameters
    ----------
    title, language : str
    logo : str
        A ``data:`` address, or ''.
    months : tuple of Period, or 'last complete'
    series : tuple of dict
        One a source: ``data``, and how to read it. Paths are absolute.
    folder : Path
        Of the editions.
    formats : tuple of str
    """

    title: str
    language: str
    logo: str
    months: tuple[pd.Period, ...] | str
    series: tuple[Mapping[str, Any], ...]
    folder: Path
    formats: tuple[str, ...]

    def months_of(self, panels: Sequence[Panel]) -> tuple[pd.Period, ...]:
        """The months to report; the last complete one is that of the first series.

        Raises
        ------
        NoValues
            If the first series has no complete month.
        """
        if not isinstance(self.months, str):
            return self.months
        whole = panels[0].months[panels[0].complete & ~pd.isna(panels[0].values).all(axis=0)]
        if not len(whole):
            raise NoValues("report.toml: months", "the first series has no complete month")
        return (whole[-1],)


def config_template() -> str:
    """A ``report.toml`` with everything in it explained."""
    return (files("trends.report") / "templates" / "report.toml").read_text("utf-8")


def read_config(path: str | Path) -> Config:
    """Read a ``report.toml``.

    Parameters
    ----------
    path : str or Path
        The file. Relative paths in it begin where it lies.

    Returns
    -------
    Config

    Raises
    ------
    UnreadableFile
        If it, or the logo, cannot be read, or it is no TOML.
    UnknownName, UnknownOption, BadOption, UnknownMonth
        If a key or a value is none that is known.
    """
    path = Path(path)
    remedy = "Write one with `trends init`."
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnreadableFile(path, f"it cannot be read ({error.strerror})", remedy) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(path, f"it is no TOML ({error})", remedy) from error
    name, folder = str(path), path.parent
    _check(name, found, _TOP)
    output = found.get("output", {})
    _check(f"{name}: [output]", output, _OUTPUT)
    formats = tuple(output.get("formats", DEFAULT))
    for each in formats:
        if each not in FORMATS:
            raise UnknownOption(f"{name}: [output]", format=each, known=FORMATS)
    read_words(found.get("language", "en"))
    return Config(
        found.get("title", ""),
        found.get("language", "en"),
        _logo(name, folder / found["logo"]) if found.get("logo") else "",
        _months(name, found.get("months", LAST_COMPLETE)),
        tuple(_sources(name, folder, found.get("series", []))),
        folder / output.get("folder", "reports"),
        formats,
    )


def _check(where: str, found: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    for key, value in found.items():
        if key not in known:
            raise UnknownName(where, key, known)
        if not isinstance(value, known[key]):
            raise BadOption(where, key, value, _KINDS[known[key]])


def _months(where: str, given: str | list[Any]) -> tuple[pd.Period, ...] | str:
    if given == LAST_COMPLETE:
        return LAST_COMPLETE
    months = [given] if isinstance(given, str) else given
    if not months:
        raise BadOption(where, "months", months, f"{LAST_COMPLETE!r} or at least one month")
    return tuple(as_month(month, f"{where}: months") for month in months)


def _sources(where: str, folder: Path, given: list[Any]) -> list[Mapping[str, Any]]:
    if not given:
        raise BadOption(where, "series", given, 'at least one [[series]] with data = "..."')
    sources: list[Mapping[str, Any]] = []
    for number, each in enumerate(given, 1):
        at = f"{where}: [[series]] {number}"
        if not isinstance(each, dict):
            raise BadOption(at, "series", each, "a table: write [[series]] above it")
        _check(at, each, _SERIES)
        if not each.get("data"):
            raise BadOption(at, "data", each.get("data"), "the name of a data set or a file")
        if each.get("as_of") and each.get("definition") and not each.get("store"):
            raise BadOption(
                at, "definition", each["definition"], "possible with as_of but no store"
            )
        sources.append({key: _placed(folder, key, value) for key, value in each.items()})
    return sources


def _placed(folder: Path, key: str, value: Any) -> Any:
    """A path beside the file where there is one; a name or an address as it is."""
    paths = key in ("anomalies", "store") or (key == "data" and (folder / value).is_file())
    return str(folder / value) if paths and "://" not in value else value


def _logo(where: str, path: Path) -> str:
    if path.suffix.lower() not in PICTURES:
        raise BadOption(where, "logo", path.name, "a file named .svg or .png")
    try:
        picture = path.read_bytes()
    except OSError as error:
        problem = f"it cannot be read ({error.strerror})"
        raise UnreadableFile(path, problem, f"Change logo in {where}.") from error
    if len(picture) > LARGEST_LOGO:
        size = f"{len(picture):,} bytes"
        raise BadOption(where, "logo", size, f"at most {LARGEST_LOGO:,} bytes")
    text = base64.b64encode(picture).decode()
    return f"data:{PICTURES[path.suffix.lower()]};base64,{text}"
