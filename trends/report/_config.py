"""What a scheduled report is made of: ``report.toml``."""

from __future__ import annotations

import base64
import re
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
from trends.wording import check_language

LAST_COMPLETE = "last complete"
LARGEST_LOGO = 200_000  # bytes: it is in every page
LARGEST = 30_000  # bytes of a report.toml: the time that a hostile one takes grows with its square
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
    "licence": str,
    "citation": str,
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
    data = _read(path, LARGEST, remedy)
    try:
        found = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(path, f"it is no TOML ({str(error)[:200]})", remedy) from error
    name, folder = str(path), path.parent
    _check(name, found, _TOP)
    reports, formats = _output(f"{name}: [output]", found.get("output", {}))
    check_language(found.get("language", "en"), name)
    return Config(
        found.get("title", ""),
        found.get("language", "en"),
        _logo(name, folder / found["logo"]) if found.get("logo") else "",
        _months(name, found.get("months", LAST_COMPLETE)),
        tuple(_sources(name, folder, found.get("series", []))),
        folder / reports,
        formats,
    )


def _check(where: str, found: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    for key, value in found.items():
        if key not in known:
            raise UnknownName(where, _short(key), known)
        if not isinstance(value, known[key]):
            raise BadOption(where, key, _short(value), _KINDS[known[key]])


def _output(where: str, output: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The folder and the formats, each once."""
    _check(where, output, _OUTPUT)
    reports = output.get("folder", "reports")
    if not reports.strip() or "\0" in reports:
        raise BadOption(where, "folder", _short(reports), "the name of a folder")
    formats = tuple(dict.fromkeys(map(str, output.get("formats", DEFAULT))))
    if not formats:
        raise BadOption(where, "formats", [], f"at least one of {', '.join(FORMATS)}")
    for each in formats:
        if each not in FORMATS:
            raise UnknownOption(where, format=_short(each), known=FORMATS)
    return reports, formats


def _short(value: Any) -> Any:
    """What an error says was found: of a long value, the beginning."""
    try:
        shown = repr(value)
    except RecursionError:
        return f"a very deep {type(value).__name__}"
    return value if len(shown) <= 80 else f"{shown[:77]}..."


def _months(where: str, given: str | list[Any]) -> tuple[pd.Period, ...] | str:
    if given == LAST_COMPLETE:
        return LAST_COMPLETE
    months = [given] if isinstance(given, str) else given
    if not months:
        raise BadOption(where, "months", months, f"{LAST_COMPLETE!r} or at least one month")
    for month in months:
        if not isinstance(month, str):
            raise BadOption(where, "months", _short(month), "text: a year and month as '2025-06'")
    return tuple(as_month(_short(month), f"{where}: months") for month in months)


def _sources(where: str, folder: Path, given: list[Any]) -> list[Mapping[str, Any]]:
    if not given:
        raise BadOption(where, "series", given, 'at least one [[series]] with data = "..."')
    sources: list[Mapping[str, Any]] = []
    for number, each in enumerate(given, 1):
        at = f"{where}: [[series]] {number}"
        if not isinstance(each, dict):
            raise BadOption(at, "series", _short(each), "a table: write [[series]] above it")
        _check(at, each, _SERIES)
        for name in each.get("select", ()):
            if not isinstance(name, str):
                raise BadOption(at, "select", _short(name), "the name of a series")
        for key in ("data", "anomalies", "store"):
            _check_place(at, key, each.get(key, ""))
        if not each.get("data"):
            raise BadOption(at, "data", each.get("data"), "the name of a data set or a file")
        if each.get("as_of") and each.get("definition") and not each.get("store"):
            raise BadOption(
                at, "definition", _short(each["definition"]), "possible with as_of but no store"
            )
        sources.append({key: _placed(folder, key, value) for key, value in each.items()})
    return sources


def _check_place(where: str, key: str, value: str) -> None:
    """Refuse what would reach over a network to wherever the file says.

    A store on a server is named without its host, which stands in the environment (PGHOST): so a
    file that came from elsewhere cannot choose where a password goes.
    """
    if "\0" in value:
        raise BadOption(where, key, _short(value), "a name or a path")
    if key == "store" and re.fullmatch(r"postgres(ql)?:///[A-Za-z0-9_-]*", value):
        return
    if "://" in value:
        needed = "a path; nothing is fetched from an address"
        if key == "store":
            needed = "a path, or postgresql:///NAME with the host in the environment (PGHOST)"
        scheme = value.partition("://")[0]  # the rest may hold a password
        raise BadOption(where, key, f"{_short(scheme)}://...", needed)


def _placed(folder: Path, key: str, value: Any) -> Any:
    """A path beside the file where there is one; a name or an address as it is."""
    paths = key in ("anomalies", "store") or (key == "data" and _is_file(folder / value))
    return str(folder / value) if paths and "://" not in value else value


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long for a file
        return False


def _read(path: Path, most: int, remedy: str) -> bytes:
    """The bytes of a file of at most a size; nothing else can be read."""
    try:
        if path.exists() and not path.is_file():  # a device or a pipe may have no end
            raise UnreadableFile(path, "it is not a file", remedy)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        reason = getattr(error, "strerror", None) or error
        raise UnreadableFile(path, f"it cannot be read ({reason})", remedy) from error
    if len(data) > most:
        raise UnreadableFile(path, f"it has more than {most:,} bytes", remedy)
    return data


def _logo(where: str, path: Path) -> str:
    if path.suffix.lower() not in PICTURES:
        raise BadOption(where, "logo", _short(path.name), "a file named .svg or .png")
    remedy = f"Change logo in {where}: a picture of at most {LARGEST_LOGO:,} bytes."
    picture = _read(path, LARGEST_LOGO, remedy)
    text = base64.b64encode(picture).decode()
    return f"data:{PICTURES[path.suffix.lower()]};base64,{text}"
