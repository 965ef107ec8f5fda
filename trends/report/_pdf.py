"""The report as a tagged PDF: PDF/UA-1, by Typst."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from trends.errors import UnreadableFile
from trends.panel import as_month
from trends.report._charts import chart_svg, fit_svgs
from trends.report._pages import revision_lines
from trends.report._sections import Section
from trends.wording import Words, amount, day_words, language_of, month_words, percent, unit_words

_NO_SIGN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
COLUMNS = ("text", "number", "number", "number", "number", "number", "wide")
KEYS = ("month", "value", "change", "per_day_change", "year_on_year", "rank", "flags")


def pdf_pages(facts: dict[str, Any], words: Words, sections: Sequence[Section]) -> bytes:
    """The report as PDF; the same bytes each time.

    A letter that those fonts lack is an error; a control character becomes U+FFFD.
    Typst checks the rules of PDF/UA-1 that a machine can check, and refuses what breaks one. Only
    its own fonts are used, so that every machine sets the same pages.
    """
    try:
        import typst
    except ImportError as error:
        raise UnreadableFile(
            "report.pdf", "the package typst is not installed", 'pip install "attack-trends[pdf]".'
        ) from error
    said = json.dumps(_in_a_font(_typeset(facts, words, sections)), ensure_ascii=False)
    text = said.encode("utf-8", "replace").decode("utf-8")  # half characters are in no font
    template = Path(str(files("trends.report") / "templates" / "report.typ"))
    try:
        made: bytes = typst.compile(
            template,
            root=template.parent,  # by default the working folder, which may be gone
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            sys_inputs={"report": text},
        )
    except typst.TypstError as error:
        raise UnreadableFile(
            "report.pdf",
            f"it cannot be set ({error})",
            "Leave out the format pdf, or say it in letters that the fonts have: Latin, Cyrillic, "
            "Greek. The page and the text hold every letter.",
        ) from error
    return made


def _in_a_font(value: Any) -> Any:
    """The same, with U+FFFD for what is no character in any font."""
    if isinstance(value, str):
        return _NO_SIGN.sub("\ufffd", value)
    if isinstance(value, dict):
        return {key: _in_a_font(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_in_a_font(each) for each in value]
    return value


def _typeset(facts: dict[str, Any], words: Words, sections: Sequence[Section]) -> dict[str, Any]:
    month = month_words(as_month(facts["month"]), words.language)
    parts = {
        "findings": _findings(facts, words),
        "nowcast": _nowcasts(facts, words),
        "all_charts": _charts(sections, words),
        "months": (_table(series, words) for series in facts["series"]),
        "revisions": _texts(_revisions(facts, words)),
        "expected": _expected(facts, words, sections),
        "method": _texts([*facts["method"], facts["order"]]),
        "caveats": _caveats(facts, words),
        "sources": _sources(facts, words),
    }
    return {
        "language": facts["language"],
        "colon": language_of(facts["language"]).colon,
        "title": f"{month}{language_of(words.language).colon} {facts['headline']}",
        "kicker": words("kicker", title=facts["title"], month=month),
        "headline": facts["headline"],
        "notices": [*facts["notices"], *facts["left_out"]],
        "parts": [
            {"heading": words(f"headings.{name}"), "items": items}
            for name, given in parts.items()
            if (items := list(given))
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


def _charts(sections: Sequence[Section], words: Words) -> Iterator[dict[str, Any]]:
    for section in sections:
        caption = " ".join(section.legend)
        svg = chart_svg(section, words.language)
        yield {"kind": "chart", "svg": svg, "alt": section.alt, "caption": caption}


def _expected(
    facts: dict[str, Any], words: Words, sections: Sequence[Section]
) -> Iterator[dict[str, Any]]:
    for series, section in zip(facts["series"], sections, strict=True):
        yield from _texts(series["expectation"]["sentences"])
        for title, alt, svg in fit_svgs(section, words):
            yield {"kind": "chart", "svg": svg, "alt": alt, "caption": title}


def _nowcasts(facts: dict[str, Any], words: Words) -> Iterator[dict[str, Any]]:
    for series in facts["series"]:
        if series["nowcast"] is not None:
            yield from _texts(series["nowcast"]["sentences"])
            chances = series["nowcast"]["chances"]
            if chances:
                name = f"{series['name'][:1].upper()}{series['name'][1:]}"
                month = month_words(as_month(facts["month"]), words.language)
                yield from _texts([words("nowcast.chances", name=name, month=month)])
                yield {"kind": "list", "lines": [f"{c['words']}: {c['said']}" for c in chances]}


def _table(series: dict[str, Any], words: Words) -> dict[str, Any]:
    name = f"{series['name'][:1].upper()}{series['name'][1:]}"
    language = words.language
    said = unit_words(series["unit"], language)
    unit = f", {said}" if said and said not in name else ""
    return {
        "kind": "table",
        "caption": words("table.caption", name=name, unit=unit, n=len(series["months"])),
        "columns": COLUMNS,
        "head": [words(f"table.{key}") for key in KEYS],
        "rows": [
            [
                month_words(as_month(row["month"]), language),
                words("unknown")
                if row["value"] is None
                else amount(row["value"], language=language),
                *(
                    "" if row[key] is None else percent(row[key], language=language)
                    for key in KEYS[2:5]
                ),
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
            first, last = (
                month_words(as_month(a[end]), words.language) for end in ("first", "last")
            )
            when = first if first == last else words("caveats.span", first=first, last=last)
            kind = words(f"kinds.{a['kind']}")
            lines.append(words("caveats.anomaly", name=name, kind=kind, when=when, note=a["note"]))
        lines += [words("caveats.note", name=name, note=note) for note in series["notes"]]
    yield {"kind": "list", "lines": lines or [words("caveats.none")]}


def _sources(facts: dict[str, Any], words: Words) -> Iterator[dict[str, Any]]:
    for series in facts["series"]:
        yield {"kind": "heading", "text": f"{series['name'][:1].upper()}{series['name'][1:]}"}
        known = {**series, "as_of": _day(series["as_of"], words)}
        keys = ("source", "definition", "licence", "citation", "as_of")
        lines = [
            (
                words(f"sources.{key}"),
                known[key] or words("not_stated"),
                _tongue(key, series, words),
            )
            for key in keys
            if known[key] or key != "citation"
        ]
        yield {"kind": "facts", "lines": lines}


def _tongue(key: str, series: dict[str, Any], words: Words) -> str:
    """The language of a text: those of bundled data are in English."""
    ours = series["metric"] and series[key] and key in ("source", "definition", "licence")
    return "en" if ours else words.language


def _day(day: str | None, words: Words) -> str:
    return "" if day is None else day_words(dt.date.fromisoformat(day), words.language)
