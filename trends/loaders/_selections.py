"""Which rows of the attack-level file count, and what became of the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from trends.errors import BadOption, BadTable, UnknownName, UnknownOption
from trends.loaders._accounts import Line
from trends.loaders._attributions import Pieces, pieces
from trends.loaders._models import CLASSES, TITLES, Wanted, broad_class, class_named, elements
from trends.loaders._names import clean_name
from trends.loaders._reports import DAY, OVERNIGHT_FROM, Reports, day_of
from trends.loaders._sentences import notes_of, sentence
from trends.panel import BoolArray, FloatArray

Measure: TypeAlias = Literal["launched", "destroyed", "interception_rate"]
Attribution: TypeAlias = Literal["end", "start", "split"]
Definition: TypeAlias = Literal["overnight", "all"]

# A window within one day that begins later than this is not one of a night.
MORNING = 5 * 60
_EARLY_ENDS = int((OVERNIGHT_FROM.start_time - pd.Timestamp(0)).days)

_KNOWN = {
    "definition": ("overnight", "all"),
    "attribution": ("end", "start", "split"),
    "measure": ("launched", "destroyed", "interception_rate"),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows that count, the days they belong to, and the account of all rows."""

    reports: Reports
    name: str  # of the weapons
    unit: str
    used: BoolArray
    pieces: Pieces  # of all rows
    account: tuple[Line, ...]
    notes: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def models(self) -> list[str]:
        """The models in the rows that count."""
        return [self.reports.models[at] for at in np.unique(self.reports.model[self.used])]


def check_options(where: str, **options: str) -> None:
    """Refuse an option with a value that is not among its choices."""
    for option, found in options.items():
        if found not in _KNOWN[option]:
            raise UnknownOption(where, known=_KNOWN[option], **{option: found})


def select(
    reports: Reports,
    weapons: Iterable[str],
    definition: str = "overnight",
    attribution: str = "end",
    measure: str = "launched",
) -> Selection:
    """Part the rows into those that count and those that do not, each with one reason."""
    name, unit, wanted = _wanted(reports, weapons)
    whole = np.array([wanted.whole(model) for model in reports.models])[reports.model]
    ledger = _Ledger(reports)
    ledger.used &= whole
    _others(ledger, wanted)
    if reports.apart:
        ledger.leave("repeat another row", ledger.used & reports.repeated, by="model")
    for column in ("launched", "destroyed") if measure == "interception_rate" else (measure,):
        silent = np.isnan(getattr(reports, column))
        ledger.leave(f"no number {column}", ledger.used & silent, by="model")
    parts = pieces(reports, attribution)
    if definition == "overnight":
        _overnight(ledger, parts, name)
    lines = tuple(ledger.lines)
    notes, warnings = notes_of(lines, name)
    said = _said(ledger, attribution)
    return Selection(
        reports,
        name,
        unit,
        ledger.used,
        parts,
        (*ledger.totals(), *lines, *said),
        (*notes, *(sentence(line, name) for line in said)),
        warnings,
    )


def _wanted(reports: Reports, weapons: Iterable[str]) -> tuple[str, str, Wanted]:
    """Find the name of the series, its unit, and the weapons that it adds up."""
    try:
        asked = [weapons] if isinstance(weapons, str) else list(weapons)
    except TypeError as error:
        raise BadOption(
            "load_launches", "weapons", weapons, "names of classes or models"
        ) from error
    if not asked or not all(isinstance(one, str) for one in asked):
        raise BadOption("load_launches", "weapons", weapons, "at least one class or model")
    classes, models, names = [], [], []
    for one in dict.fromkeys(asked):
        found = class_named(one)
        if found is not None:
            classes.append(found)
            names.append(TITLES.get(found, found))
            continue
        if not any(elements(one) & elements(model) for model in reports.models):
            known = (*CLASSES, *reports.models)
            alike = get_close_matches(one, known, cutoff=0.4)
            raise UnknownName("load_launches: weapons", one, tuple(dict.fromkeys((*alike, *known))))
        models.append(one)
        names.append(clean_name(one))
    units = {_unit(name) for name in names} if not models else {"weapons"}
    unit = units.pop() if len(units) == 1 else "weapons"
    wanted = Wanted.of(classes, models)
    if models and not any(wanted.whole(model) for model in reports.models):
        raise BadTable(
            reports.name,
            f"{models[0]!r} occurs only together with models that are not asked for",
            "Ask for all of them, or for their class.",
        )
    return " + ".join(dict.fromkeys(names)), unit, wanted


def _unit(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1]  # small drones, cruise missiles


class _Ledger:
    """Rows on their way out, each under one reason only."""

    def __init__(self, reports: Reports) -> None:
        self.reports = reports
        self.amounts = np.nan_to_num(reports.launched)
        self.used: BoolArray = np.ones(len(reports), dtype=np.bool_)
        self.lines: list[Line] = []
        self.cut = 0.0  # of rows that are used

    def leave(self, reason: str, rows: BoolArray, *, by: str | npt.NDArray[Any] = "") -> None:
        """Take rows out of those used, named by model or by the labels given for each model."""
        if rows.any():
            self.lines.append(self.line("left out", reason, rows, by))
            self.used &= ~rows

    def line(
        self, fate: Any, reason: str, rows: BoolArray, by: str | npt.NDArray[Any] = ""
    ) -> Line:
        details: list[tuple[str, int, float]] = []
        if not isinstance(by, str) or by:
            models = np.array(self.reports.models, dtype=object)
            labels = (models if isinstance(by, str) else by)[self.reports.model[rows]]
            frame = pd.DataFrame({"label": labels, "launched": self.amounts[rows]})
            found = frame.groupby("label")["launched"].agg(["size", "sum"]).sort_index()
            details = [(str(a), int(b), float(c)) for a, b, c in found.itertuples()]
        return Line(fate, reason, int(rows.sum()), float(self.amounts[rows].sum()), tuple(details))

    def totals(self) -> tuple[Line, Line]:
        """How much came in, and how much of it was used."""
        everything = np.ones(len(self.used), dtype=np.bool_)
        used = self.line("used", "counted", self.used)
        return (
            self.line("in", "in the file", everything),
            replace(used, launched=used.launched - self.cut),
        )


def _others(ledger: _Ledger, wanted: Wanted) -> None:
    """Leave out the weapons that were not asked for."""
    reports = ledger.reports
    label = np.array([broad_class(model) for model in reports.models], dtype=object)
    whole = np.array([wanted.whole(model) for model in reports.models])
    part = np.array([wanted.part(model) for model in reports.models])
    unknown = np.array([name is None for name in label]) & ~whole
    mixed = part & ~whole & ~unknown
    others = ~whole & ~unknown & ~mixed
    titles = np.array([TITLES.get(str(name), str(name)) for name in label], dtype=object)
    ledger.leave("other weapons", others[reports.model], by=titles)
    ledger.leave("several models, not all of them asked for", mixed[reports.model], by="model")
    ledger.leave("models of unknown kind", unknown[reports.model], by="model")


def _overnight(ledger: _Ledger, parts: Pieces, name: str) -> None:
    """Leave out the windows without a clock time, and all of the months in which most have none."""
    reports = ledger.reports
    last = np.zeros(len(reports), dtype=np.int64)
    last[parts.row] = parts.day  # of a split window, its last day
    early = last < _EARLY_ENDS
    if early.all():
        final = pd.Period(day_of(int(last.max())), "M")
        raise BadTable(
            reports.name,
            f"its reports end in {final}, and before {OVERNIGHT_FROM} most state no clock "
            "time, so that overnight launches are unknown",
            "Use definition='all'.",
        )
    ledger.leave("no clock time, in the months left unknown", ledger.used & early & ~reports.timed)
    ledger.leave("the months left unknown", ledger.used & early)
    ledger.leave("no clock time", ledger.used & ~reports.timed)
    before = (parts.day < _EARLY_ENDS) & ledger.used[parts.row]
    if before.any():
        lost: FloatArray = ledger.amounts[parts.row] * parts.share
        ledger.cut = float(lost[before].sum())
        ledger.lines.append(
            Line("left out", f"parts of windows before {OVERNIGHT_FROM}", 0, ledger.cut)
        )


def _said(ledger: _Ledger, attribution: str) -> list[Line]:
    """Tell what is odd about rows that count."""
    reports, used = ledger.reports, ledger.used
    several = np.array([" and " in model.casefold() for model in reports.models])[reports.model]
    timed = reports.timed & reports.end_timed
    within = (reports.start // DAY == reports.end // DAY) & timed & ~reports.backwards
    within &= reports.start % DAY >= MORNING
    opens, closes = (
        (times // DAY).astype("datetime64[D]").astype("datetime64[M]")
        for times in (reports.start, reports.end)
    )
    where = {"end": "whole where they end", "start": "whole where they start"}
    how = where.get(attribution, "in each in part")
    reasons = [
        ("end before they start", reports.backwards, "model"),
        ("the same as another row, counted", reports.repeated, "model"),
        ("several models, all of them asked for", several, "model"),
        (f"windows over a month's end, counted {how}", (opens < closes), ""),
        ("windows by day or evening, counted beside those of nights", within, ""),
        ("windows that begin before another has ended, counted", _overlapping(ledger), ""),
    ]
    return [
        ledger.line("said", reason, rows & used, by)
        for reason, rows, by in reasons
        if (rows & used).any()
    ]


def _overlapping(ledger: _Ledger) -> BoolArray:
    """Mark used windows, with clock times, that begin inside an earlier one of another span."""
    reports = ledger.reports
    rows = np.flatnonzero(ledger.used & reports.timed & reports.end_timed & ~reports.backwards)
    found = np.zeros(len(reports), dtype=np.bool_)
    if not len(rows):
        return found
    spans, back = np.unique(
        np.stack([reports.start[rows], reports.end[rows]], axis=1), axis=0, return_inverse=True
    )
    ended = np.concatenate([spans[:1, 0], np.maximum.accumulate(spans[:, 1])[:-1]])
    found[rows] = (spans[:, 0] < ended)[back.ravel()]
    return found
