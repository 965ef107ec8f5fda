"""The HTML page and the Markdown text, rendered from the facts."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.resources import files
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from trends.panel import as_month
from trends.report._words import Words
from trends.wording import amount, month_words, percent, unit_words

MOST_REVISIONS = 20  # rows that a reader looks at
MOST_COMPARED = 5  # numbers beside the number of a claim


def html_page(
    facts: dict[str, Any],
    words: Words,
    charts: Sequence[tuple[Markup, Markup]],
    downloads: Sequence[Mapping[str, str]] = (),
    logo: str = "",
) -> str:
    """One file: no script, no request; the charts are inline SVG.

    The policy of the page names the hash of its one style sheet, so that no other style applies.
    """
    style = "\n" + (files("trends.report") / "templates" / "report.css").read_text("utf-8")
    policy = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _template("report.html", words, escape=True).render(
        **facts,
        **_derived(facts, words),
        charts=charts,
        downloads=downloads,
        logo=logo,
        style=Markup(style),
        policy=policy,
    )


def markdown_page(
    facts: dict[str, Any], words: Words, downloads: Sequence[Mapping[str, str]] = ()
) -> str:
    """The same as text."""
    template = _template("report.md", words, escape=False)
    return template.render(**facts, **_derived(facts, words), downloads=downloads)


def _template(name: str, words: Words, *, escape: bool) -> Template:
    environment = Environment(
        loader=PackageLoader("trends.report"),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "amount": partial(_amount, words),
        "percent": lambda share: "" if share is None else percent(share),
        "month": lambda month: month_words(as_month(month)),
        "unit": unit_words,
        "upper_first": lambda text: f"{text[:1].upper()}{text[1:]}",
        "md": _markdown_text,
    }
    environment.globals["w"] = words
    return environment.get_template(name)


def _amount(words: Words, value: float | None, unit: str = "") -> str:
    return words("unknown") if value is None else amount(value, unit)


def _derived(facts: dict[str, Any], words: Words) -> dict[str, Any]:
    """The order of the page, the first claim's series first, and what only a reader needs."""
    series, claims = facts["series"], facts["claims"]
    lead = claims[0]["series"] if claims else None
    first = next((k for k, each in enumerate(series) if each["series"] == lead), 0)
    revisions = facts["revisions"]
    values = [] if revisions is None else revisions["values"]
    return {
        "main": [{**claim, "number": _number(claim, words)} for claim in claims if claim["main"]],
        "more": [claim for claim in claims if not claim["main"]],
        "page_order": [first, *(k for k in range(len(series)) if k != first)],
        "revised": values[:MOST_REVISIONS],
        "n_unlisted": max(0, len(values) - MOST_REVISIONS),
        "revision_lines": [] if revisions is None else revision_lines(revisions, words),
        "days": _days(series, words),
        "parted": [each for each in series if each["disagreement"]["rows"] or each["printed"]],
        "known_oddities": [each for each in series if each["anomalies"] or each["notes"]],
    }


def _days(series: Sequence[dict[str, Any]], words: Words) -> str:
    """The days on which the data were known, the earliest first."""
    days = [
        dt.date.fromisoformat(day) for day in sorted({s["as_of"] for s in series if s["as_of"]})
    ]
    said = [words("day", n=day.day, month=month_words(pd.Period(day, "M"))) for day in days]
    return (
        words("and", first=", ".join(said[:-1]), last=said[-1]) if len(said) > 1 else "".join(said)
    )


def _number(claim: dict[str, Any], words: Words) -> tuple[str, str] | None:
    """The number of a claim, and in words what it is and what it is compared with."""
    if not claim["figures"]:
        return None
    own, *others = claim["figures"]
    unit = unit_words(claim["fields"].get("unit") or "")
    value = claim["fields"].get("value")
    if value is not None and value != own["value"]:  # of several months, as that of a total
        return amount(value), unit
    said = words("in_month", figure=unit, month=_when(own)).strip()
    compared = [
        words("in_month", figure=amount(other["value"]), month=_when(other))
        for other in others[:MOST_COMPARED]
    ]
    if compared:
        said = f"{said}, {words('against', figures=', '.join(compared))}"
    return amount(own["value"]), said


def _when(figure: dict[str, Any]) -> str:
    return month_words(as_month(figure["when"])) if figure["month"] else str(figure["when"])


def revision_lines(found: dict[str, Any], words: Words) -> list[str]:
    """What changed since another report, in sentences."""
    month = month_words(as_month(found["month"]))
    said = [
        words(
            "revisions.against",
            month=month,
            version=found["version"],
            hash=found["content_hash"][:12],
        )
    ]
    said += [words("revisions.not_compared", name=name) for name in found["not_compared"]]
    n, overturned, unchecked = (
        len(found["values"]),
        len(found["overturned"]),
        found["n_unchecked"],
    )
    whole = not overturned and not unchecked and found["n_statements"]
    if not n and whole:
        return [*said, words("revisions.none", n=found["n_compared"])]
    said.append(words("revisions.values", n=n, of=found["n_compared"]))
    if whole:
        said.append(words("revisions.still"))
    if not found["n_statements"]:
        said.append(words("revisions.no_statement"))
    if unchecked:
        said.append(words("revisions.unchecked", n=unchecked))
    if overturned:
        said.append(words("revisions.overturned", n=overturned))
    return said


def _markdown_text(text: str) -> str:
    """Text in which no character begins a mark or a tag."""
    flat = " ".join(str(text).split())
    for mark in "\\`*_[]|#~$":
        flat = flat.replace(mark, f"\\{mark}")
    return flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
