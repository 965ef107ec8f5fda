"""From panels and a month to a report."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from trends.checks import Finding, find, weigh
from trends.errors import BadOption, UnknownOption, whole
from trends.panel import MonthLike, Panel, PanelLike, as_month, as_panel
from trends.report._charts import fit_charts, inline_charts
from trends.report._choosing import main_findings
from trends.report._facts import Terms, facts
from trends.report._files import DEFAULT, FORMATS, PAGES, contents, downloads
from trends.report._given import left_out, reaching, terms_of
from trends.report._notices import notices
from trends.report._nowcasts import DaysLike
from trends.report._pages import html_page, markdown_page
from trends.report._revisions import changes, earlier_facts
from trends.report._sections import Section, make_sections
from trends.wording import Words, month_words, read_words
from trends.writing import write_files


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
    main : tuple of int
        Which of the findings are shown in full: they alone have support and robustness.
    title : str
        Above the headline.
    logo : str
        A ``data:`` address, or ''.
    language : str
        Of the words.
    terms : tuple of Terms
        Licence and citation of each section.
    previous : dict, optional
        The facts of an earlier report, to tell what was revised since.
    """

    month: pd.Period
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    left_out: tuple[str, ...] = ()
    main: tuple[int, ...] = ()
    title: str = ""
    logo: str = ""
    language: str = "en"
    previous: Mapping[str, Any] | None = None
    terms: tuple[Terms, ...] = ()

    def __repr__(self) -> str:
        return f"<Report: {self.month}, {len(self.findings)} claims, {len(self.sections)} series>"

    @property
    def headline(self) -> str:
        """The first claim's sentence, or what the month is on pace for, or that there is none."""
        if self.findings:
            return self.findings[0].claim.sentence(self.language)
        paced = (s.nowcast for s in self.sections if s.nowcast and s.nowcast["basis"])
        if (now := next(paced, None)) is not None:
            return str(now["sentences"][0])
        return self._words("nothing", month=month_words(self.month, self.language))

    def facts(self) -> dict[str, Any]:
        """Everything that the report says, in what JSON can hold: see ``schema.json``."""
        found = facts(
            self.month,
            self.title,
            self.headline,
            self.notices,
            self.findings,
            self.main,
            self.sections,
            self.left_out,
            self.terms,
            self._words,
        )
        if self.previous is not None:
            found["revisions"] = changes(self.previous, found)
        return found

    def to_html(self, *, formats: Sequence[str] = ()) -> str:
        """One page without scripts or network.

        Parameters
        ----------
        formats : sequence of str
            Those of the files beside the page that it links to, as of `save`; by default none.
        """
        said = self.facts()
        charts = [
            (
                inline_charts(each, f"chart{k}", self.language),
                fit_charts(each, f"chart{k}", self._words),
            )
            for k, each in enumerate(self.sections, 1)
        ]
        beside = downloads(said, formats, self._words)
        return html_page(said, self._words, charts, beside, self.logo)

    def to_markdown(self, *, formats: Sequence[str] = ()) -> str:
        """The same in Markdown, without charts."""
        said = self.facts()
        return markdown_page(said, self._words, downloads(said, formats, self._words))

    def to_json(self) -> str:
        """The same as JSON text: ``claims`` holds an object a claim."""
        # half a character becomes its escape: the same JSON, which can be written
        return whole(json.dumps(self.facts(), ensure_ascii=False, indent=2, allow_nan=False)) + "\n"

    def to_pdf(self) -> bytes:
        """The same as a tagged PDF (PDF/UA-1), by Typst.

        Raises
        ------
        UnreadableFile
            If the package ``typst`` is not installed.
        """
        from trends.report._pdf import pdf_pages

        return pdf_pages(self.facts(), self._words, self.sections)

    def _repr_html_(self) -> str:
        # a page of its own, so that its style stays off the notebook
        page = base64.b64encode(self.to_html().encode("utf-8", "backslashreplace")).decode()
        return (
            f'<iframe sandbox="" title="Report {self.month}" '
            f'style="width:100%;height:40em;border:0" '
            f'src="data:text/html;base64,{page}"></iframe>'
        )

    def files(self, formats: Sequence[str] = DEFAULT) -> dict[str, str | bytes]:
        """The files of the report by their names, as `save` writes them.

        Parameters
        ----------
        formats : sequence of {'html', 'md', 'json', 'csv', 'svg', 'png', 'pdf'}
            Which of them. 'pdf' needs the extra ``pdf``.
        """
        for name in formats:
            if name not in FORMATS:
                raise UnknownOption("Report.files", format=name, known=FORMATS)
        made = {PAGES[name]: self._page(name, formats) for name in PAGES if name in formats}
        return made | contents(self.facts(), self.sections, formats, self._words)

    def save(self, path: str | Path, *, formats: Sequence[str] = DEFAULT) -> Path:
        """Write the page, the text, the data and the charts into a folder.

        Parameters
        ----------
        path : str or Path
            The folder; made where it is absent. With a suffix ``.html``, ``.md``, ``.json`` or
            ``.pdf`` only that file is written.
        formats : sequence of str
            As of `files`.

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
        if (alone := path.suffix[1:]) in PAGES:
            write_files(path.parent, {path.name: self._page(alone)})
        else:
            write_files(path, self.files(formats))
        return path

    def _page(self, name: str, formats: Sequence[str] = ()) -> str | bytes:
        if name == "html":
            return self.to_html(formats=formats)
        if name == "md":
            return self.to_markdown(formats=formats)
        return self.to_json() if name == "json" else self.to_pdf()

    @property
    def _words(self) -> Words:
        return read_words(self.language)


def report(
    data: PanelLike | Sequence[PanelLike],
    month: MonthLike,
    *,
    language: str = "en",
    title: str = "",
    logo: str = "",
    terms: Sequence[Terms | None] = (),
    days: DaysLike | None = None,
    previous: Report | Mapping[str, Any] | str | Path | None = None,
) -> Report:
    """Make the report of a month.

    Parameters
    ----------
    data : Panel, Series, DataFrame, or a sequence of them
        What `as_panel` takes. Panels that do not reach the month are named and left out.
    month : Period, str or date
        The month. Nothing later in the data is looked at.
    language : {'en', 'fr', 'uk'}
        Of all words but those of the data; all but English need the extra ``languages``.
    title : str
        Above the headline; by default the library's.
    logo : str
        A ``data:`` address of a picture to stand beside the title.
    terms : sequence of Terms or None
        Licence and citation of each of `data`, in its order; by default those of the bundled data
        sets, and none of others.
    days : mapping of str to Series or DataFrame, optional
        Daily amounts by the name of a series, as `nowcast` takes them, for a month that is not
        over: the days that its value is the sum of. Of bundled data they are known.
    previous : Report, dict, or path, optional
        An earlier report, its facts, its ``report.json`` or the folder that holds it: what was
        revised since is told. With a store, make the earlier report from the vintage of its day.

    Returns
    -------
    Report

    Raises
    ------
    MonthOutside
        If no panel reaches the month.
    TooShort, NoValues
        If a panel has too few months up to it, or no value.
    UnreadableFile, BadTable
        If `previous` is no report.

    Examples
    --------
    >>> from trends.loaders import load
    >>> june = report([load("drones-launched"), load("territory-gain-afp")], "2025-06")
    >>> print(june.headline)
    Drones launched in June 2025: 5,438, the highest of any month on record (since September 2022).
    """
    words = read_words(language, "report")
    given = [data] if isinstance(data, Panel | pd.Series | pd.DataFrame) else list(data)
    panels = [as_panel(each) for each in given]
    month = as_month(month, "report")
    inside = reaching(panels, month)
    if logo and not logo.startswith("data:image/"):
        raise BadOption("report", "logo", logo[:40], "a data: address of a picture")
    before = previous.facts() if isinstance(previous, Report) else earlier_facts(previous)
    findings = find(inside, month, language=language)
    main = main_findings(findings)
    for k in main:
        findings[k] = weigh(findings[k].claim, findings[k].panel, language=language)
    return Report(
        month,
        tuple(findings),
        tuple(notice for panel in inside for notice in notices(panel, month, words)),
        tuple(make_sections(inside, month, findings, words, days)),
        tuple(left_out(panel, words) for panel in panels if panel not in inside),
        main,
        title or words("title"),
        logo,
        language,
        before,
        tuple(
            under
            for panel, under in zip(panels, terms_of(terms, panels), strict=True)
            if panel in inside
            for _ in panel.names
        ),
    )
