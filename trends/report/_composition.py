"""From panels and a month to a report."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from trends.checks import Finding, find
from trends.errors import BadOption, MonthOutside, NoValues, TooShort
from trends.panel import MonthLike, Panel, PanelLike, as_month, as_panel
from trends.report._facts import facts
from trends.report._notices import notices
from trends.report._pages import html_page, markdown_page
from trends.report._sections import Section, make_sections
from trends.wording import check_language, month_words
from trends.writing import write_files

MOST_SERIES = 12  # more pictures than a reader looks at


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Report:
    """A monthly report: ordered claims, a chart and a table a series, and what they rest on.

    Parameters
    ----------
    month : Period
        The month reported.
    findings : tuple of Finding
        The claims, the most newsworthy first.
    notices : tuple of str
        What a reader must know before any claim.
    sections : tuple of Section
        The series, in the order given.
    left_out : tuple of str
        Data that do not reach the month.
    """

    month: pd.Period
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    left_out: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Report: {self.month}, {len(self.findings)} claims, {len(self.sections)} series>"

    @property
    def headline(self) -> str:
        """The first claim's sentence, or that there is none."""
        if self.findings:
            return self.findings[0].claim.sentence()
        return f"{month_words(self.month)}: no record, streak or change to report."

    def to_html(self) -> str:
        """One page without scripts or network."""
        return html_page(self._facts(), [section.chart for section in self.sections])

    def to_markdown(self) -> str:
        """The same in Markdown, without charts."""
        return markdown_page(self._facts())

    def to_json(self) -> str:
        """The same as JSON text: ``claims`` holds an object a claim."""
        return json.dumps(self._facts(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"

    def _repr_html_(self) -> str:
        # a page of its own, so that its style stays off the notebook
        page = base64.b64encode(self.to_html().encode()).decode()
        return (
            f'<iframe title="Report {self.month}" style="width:100%;height:40em;border:0" '
            f'src="data:text/html;base64,{page}"></iframe>'
        )

    def save(self, path: str | Path) -> Path:
        """Write ``index.html``, ``report.md`` and ``report.json`` into a folder.

        Parameters
        ----------
        path : str or Path
            The folder; made where it is absent. With a suffix ``.html``, ``.md`` or ``.json`` only
            that file is written.

        Returns
        -------
        Path
            What was written.

        Raises
        ------
        UnreadableFile
            If it cannot be written. Files that were there are whole in any case.
        """
        path = Path(path)
        writers: dict[str, Callable[[], str]] = {
            ".html": self.to_html,
            ".md": self.to_markdown,
            ".json": self.to_json,
        }
        if path.suffix in writers:
            write_files(path.parent, {path.name: writers[path.suffix]()})
            return path
        names = ("index.html", "report.md", "report.json")
        write_files(path, {name: writers[Path(name).suffix]() for name in names})
        return path

    def _facts(self) -> dict[str, Any]:
        return facts(
            self.month, self.headline, self.notices, self.findings, self.sections, self.left_out
        )


def report(
    data: PanelLike | Sequence[PanelLike], month: MonthLike, *, language: str = "en"
) -> Report:
    """Make the report of a month.

    Parameters
    ----------
    data : Panel, Series, DataFrame, or a sequence of them
        What `as_panel` takes. Panels that do not reach the month are named and left out.
    month : Period, str or date
        The month. Nothing later in the data is looked at.
    language : {'en'}
        Of the sentences.

    Returns
    -------
    Report

    Raises
    ------
    MonthOutside
        If no panel reaches the month.
    TooShort, NoValues
        If a panel has too few months up to it, or no value.

    Examples
    --------
    >>> from trends.loaders import load
    >>> june = report([load("drones-launched"), load("territory-gain-afp")], "2025-06")
    >>> print(june.headline)
    Drones launched in June 2025: 5,438, the highest of any month on record (since September 2022).
    """
    check_language(language, "report")
    given = [data] if isinstance(data, Panel | pd.Series | pd.DataFrame) else list(data)
    panels = [as_panel(each) for each in given]
    month = as_month(month, "report")
    if sum(panel.n_series for panel in panels) > MOST_SERIES:
        total = sum(panel.n_series for panel in panels)
        raise BadOption("report", "data", f"{total} series", f"at most {MOST_SERIES}: select some")
    inside = [panel for panel in panels if panel.months[0] <= month <= panel.months[-1]]
    if not inside:
        if not panels:
            raise NoValues("report", "no data were given")
        first = min(panel.months[0] for panel in panels)
        raise MonthOutside("report", month, first, max(panel.months[-1] for panel in panels))
    for panel in inside:
        _need_history(panel, month)
    findings = find(inside, month)
    return Report(
        month,
        tuple(findings),
        tuple(notice for panel in inside for notice in notices(panel, month)),
        tuple(make_sections(inside, month, findings)),
        tuple(_left_out(panel, month) for panel in panels if panel not in inside),
    )


def _need_history(panel: Panel, month: pd.Period) -> None:
    known = panel.until(month)
    name = panel.quantity or ", ".join(panel.names[:3])
    if known.n_time < 2:
        raise TooShort(f"report on {name} in {month}", known.n_time, 2)
    if pd.isna(known.values).all():
        raise NoValues(f"report on {name}", f"every month up to {month} is unknown")


def _left_out(panel: Panel, month: pd.Period) -> str:
    name = panel.quantity or ", ".join(panel.names[:3])
    source = f" ({panel.source})" if panel.source else ""
    return (
        f"{name[:1].upper()}{name[1:]}{source} is left out: the data run from "
        f"{month_words(panel.months[0])} to {month_words(panel.months[-1])}."
    )
