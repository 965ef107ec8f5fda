"""The report as a tagged PDF: PDF/UA-1, by Typst."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

from trends.errors import UnreadableFile
from trends.panel import as_month
from trends.report._charts import chart_svg
from trends.report._pages import revision_lines
from trends.report._sections import Section
from trends.report._words import Words
from trends.wording import amount, month_words, percent

COLUMNS = ("text", "number", "number", "number", "number", "number", "wide")
KEYS = ("month", "value", "change", "per_day_change", "year_on_year", "rank", "flags")


def pdf_pages(facts: dict[str, Any], words: Words, sections: Sequence[Section]) -> bytes:
    """The report as PDF; the same bytes each time.

    Typst checks the rules of PDF/UA-1 that a machine can check, and refuses what breaks one. Only
    its own fonts are used, so that every machine sets the same pages.
    """
    try:
        import typst
    except ImportError as error:
        raise UnreadableFile(
            "report.pdf", "the package typst is not installed", 'pip install "attack-trends[pdf]".'
        ) from error
    said = json.dumps(_typeset(facts, words, sections), ensure_ascii=False)
    text = said.encode("utf-8", "replace").decode("utf-8")  # half characters are in no font
    made: bytes = typst.compile(
        (files("trends.report") / "templates" / "report.typ").read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        sys_inputs={"report": text},
    )
    return made


def _typeset(facts: dict[str, Any], words: Words, sections: Sequence[Section]) -> dict[str, Any]:
    month = month_words(as_month(facts["month"]))
    parts = {
        "findings": _findings(facts, words),
        "all_charts": _charts(sections),
        "months": (_table(series, words) for series in facts["series"]),
        "revisions": _texts(_revisions(facts, words)),
        "expected": _texts(
            line for series in facts["series"] for line in series["expectation"]["sentences"]
        ),
        "method": _texts([*facts["method"], facts["order"]]),
        "caveats": _caveats(facts, words),
        "sources": _sources(facts, words),
    }
    return {
        "language": facts["language"],
        "title": f"{month}: {facts['headline']}",
        "kicker": words("kicker", title=facts["title"], month=month),
        "headline": facts["headline"],
        "notices": [*facts["notices"], *facts["left_out"]],
        "parts": [
            {"heading": words(f"headings.{name}"), "items": list(items)}
            for name, items in parts.items()
        ],
        "made": words("sources.made", version=facts["version"], hash=facts["content_hash"]),
    }


def _texts(lines: Any) -> Iterator[dict[str, Any]]:
    for line in lines:
        yield {"kind": "text", "text": line}


def _findings(facts: dict[str, Any], words: Words) -> Iterator[dict[str, Any]]:
    for claim in facts["claims"]:
        if claim["main"]:
            verdicts = [
                (words(f"verdict.{name}"), each["word"], " ".join(each["lines"]))
                for name, each in claim["verdict"].items()
            ]
            yield {"kind": "finding", "sentence": claim["sentence"], "verdicts": verdicts}
    if not facts["claims"]:
        yield {"kind": "text", "text": words("no_claim")}
    more = [claim["sentence"] for claim in facts["claims"] if not claim["main"]]
    if more:
        yield {"kind": "heading", "text": words("headings.more")}
        yield {"kind": "list", "lines": more}


def _charts(sections: Sequence[Section]) -> Iterator[dict[str, Any]]:
    for section in sections:
        caption = " ".join(section.legend)
        svg = chart_svg(section)
        yield {"kind": "chart", "svg": svg, "alt": section.alt, "caption": caption}


def _table(series: dict[str, Any], words: Words) -> dict[str, Any]:
    name = f"{series['name'][:1].upper()}{series['name'][1:]}"
    unit = f", {series['unit']}" if series["unit"] and series["unit"] not in name else ""
    return {
        "kind": "table",
        "caption": words("table.caption", name=name, unit=unit, n=len(series["months"])),
        "columns": COLUMNS,
        "head": [words(f"table.{key}") for key in KEYS],
        "rows": [
            [
                month_words(as_month(row["month"])),
                words("unknown") if row["value"] is None else amount(row["value"]),
                *("" if row[key] is None else percent(row[key]) for key in KEYS[2:5]),
                "" if row["rank"] is None else str(row["rank"]),
                ", ".join(row["flags"]),
            ]
            for row in series["months"]
        ],
    }


def _revisions(facts: dict[str, Any], words: Words) -> list[str]:
    found = facts["revisions"]
    if found is None:
        return [words("revisions.none_given")]
    again = [
        words(
            "revisions.statement",
            sentence=each["sentence"],
            outcome=words(f"outcomes.{each['outcome']}"),
            reason=each["reason"],
        )
        for each in found["overturned"]
    ]
    return [*revision_lines(found, words), *again]


def _caveats(facts: dict[str, Any], words: Words) -> Iterator[dict[str, Any]]:
    lines = []
    for series in facts["series"]:
        name = f"{series['name'][:1].upper()}{series['name'][1:]}"
        for a in series["anomalies"]:
            first, last = (month_words(as_month(a[end])) for end in ("first", "last"))
            when = first if first == last else words("caveats.span", first=first, last=last)
            kind = words(f"kinds.{a['kind']}")
            lines.append(words("caveats.anomaly", name=name, kind=kind, when=when, note=a["note"]))
        lines += [words("caveats.note", name=name, note=note) for note in series["notes"]]
    yield {"kind": "list", "lines": lines or [words("caveats.none")]}


def _sources(facts: dict[str, Any], words: Words) -> Iterator[dict[str, Any]]:
    for series in facts["series"]:
        yield {"kind": "heading", "text": f"{series['name'][:1].upper()}{series['name'][1:]}"}
        lines = [
            f"{words(f'sources.{key}')}: {series[key] or words('not_stated')}"
            for key in ("source", "definition", "licence", "as_of")
        ]
        yield {"kind": "list", "lines": lines}
