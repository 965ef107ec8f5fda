"""The HTML page and the Markdown text, rendered from the facts."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from trends.errors import spelled
from trends.loaders import data_sets, load
from trends.panel import as_month
from trends.report._charts import FitChart
from trends.wording import (
    Phrase,
    Words,
    amount,
    day_words,
    language_of,
    month_words,
    percent,
    unit_words,
)

MOST_REVISIONS = 20  # rows that a reader looks at
MOST_COMPARED = 5  # numbers beside the number of a claim


def html_page(
    facts: dict[str, Any],
    words: Words,
    charts: Sequence[tuple[tuple[Markup, Markup], Sequence[FitChart]]],
    downloads: Sequence[Mapping[str, str]] = (),
    logo: str = "",
) -> str:
    """One file: no script, no request; the charts are inline SVG.

    The policy of the page names the hash of its one style sheet, so that no other style applies.
    """
    style = "\n" + (files("trends.report") / "templates" / "report.css").read_text("utf-8")
    policy = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _template("report.html", facts, words, html=True).render(
        **facts,
        **_derived(facts, words),
        charts=[main for main, _ in charts],
        fits=[fitted for _, fitted in charts],
        downloads=downloads,
        logo=logo,
        style=Markup(style),
        policy=policy,
    )


def markdown_page(
    facts: dict[str, Any], words: Words, downloads: Sequence[Mapping[str, str]] = ()
) -> str:
    """The same as text."""
    template = _template("report.md", facts, words, html=False)
    return template.render(**facts, **_derived(facts, words), downloads=downloads)


def _template(name: str, facts: dict[str, Any], words: Words, *, html: bool) -> Template:
    language = words.language
    environment = Environment(
        loader=PackageLoader("trends.report"),
        autoescape=html,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "amount": partial(_amount, words),
        "percent": lambda share: "" if share is None else percent(share, language=language),
        "month": lambda month: month_words(as_month(month), language),
        "day": lambda day: day_words(dt.date.fromisoformat(day), language),
        "unit": lambda unit: unit_words(unit, language),
        "upper_first": lambda text: f"{text[:1].upper()}{text[1:]}",
        "md": _markdown_text,
        "foreign": partial(_marked, _foreign(facts)),
    }
    speaks = language_of(language)
    environment.globals |= {"w": words, "colon": speaks.colon, "semicolon": speaks.semicolon}
    return environment.get_template(name)


def _shown(value: Any) -> Any:
    """What a template puts into the page: text that would turn the writing round is spelled out."""
    plain = isinstance(value, str) and not isinstance(value, Markup)
    return spelled(value) if plain else value


def _amount(words: Words, value: float | None, unit: str = "") -> str:
    return words("unknown") if value is None else amount(value, unit, words.language)


def _derived(facts: dict[str, Any], words: Words) -> dict[str, Any]:
    """The order of the page, the first claim's series first, and what only a reader needs."""
    series, claims = facts["series"], facts["claims"]
    lead = claims[0]["series"] if claims else None
    first = next((k for k, each in enumerate(series) if each["series"] == lead), 0)
    order = [first, *(k for k in range(len(series)) if k != first)]
    revisions = facts["revisions"]
    values = [] if revisions is None else revisions["values"]
    return {
        "main": [{**claim, "number": _number(claim, words)} for claim in claims if claim["main"]],
        "more": [claim for claim in claims if not claim["main"]],
        "page_order": order,
        "paced_chances": any(each["nowcast"] and each["nowcast"]["chances"] for each in series),
        "paced": [k for k in order if series[k]["nowcast"] is not None],
        "revised": values[:MOST_REVISIONS],
        "n_unlisted": max(0, len(values) - MOST_REVISIONS),
        "revision_lines": [] if revisions is None else revision_lines(revisions, words),
        "days": _days(series, words),
        "parted": [each for each in series if each["disagreement"]["rows"] or each["printed"]],
        "known_oddities": [each for each in series if each["anomalies"] or each["notes"]],
    }


def _days(series: Sequence[dict[str, Any]], words: Words) -> str:
    """The days on which the data were known, the earliest first."""
    days = sorted({each["as_of"] for each in series if each["as_of"]})
    said = [day_words(dt.date.fromisoformat(day), words.language) for day in days]
    return language_of(words.language).join(said)


def _number(claim: dict[str, Any], words: Words) -> tuple[str, str] | None:
    """The number of a claim, and in words what it is and what it is compared with."""
    if not claim["figures"]:
        return None
    own, *others = claim["figures"]
    value = claim["fields"].get("value")
    total = value is not None and value != own["value"]  # of several months
    shown = value if total else own["value"]
    number = amount(shown, language=words.language)
    figure = amount(shown, claim["fields"].get("unit") or "", words.language)
    unit = figure.removeprefix(number).strip()  # in the form that goes with the number
    if total:
        return number, unit
    said = words("in_month", figure=unit, month=_when(own, words)).strip()
    compared = [
        words(
            "in_month",
            figure=amount(other["value"], language=words.language),
            month=_when(other, words),
        )
        for other in others[:MOST_COMPARED]
    ]
    if compared:
        said = f"{said}, {words('against', figures=', '.join(compared))}"
    return number, said


def _when(figure: dict[str, Any], words: Words) -> str:
    if figure["month"]:
        return month_words(as_month(figure["when"]), words.language)
    return Phrase(lambda form: str(figure["when"]), language_of(words.language).forms)


def _foreign(facts: dict[str, Any]) -> list[str]:
    """The texts of bundled data, which are in English whatever the language of the report."""
    if facts["language"] == "en":
        return []
    texts = {source for card in data_sets().values() for source in card.sources}
    for each in facts["series"]:
        texts |= {row["name"] for row in each["disagreement"]["rows"][1:]}
        texts |= {row["definition"] for row in each["disagreement"]["rows"]}
        if each["metric"]:
            texts |= {each["source"], each["definition"], each["licence"], *each["notes"]}
            texts |= {a["note"] for a in each["anomalies"]}
    if any(each["printed"] for each in facts["series"]):
        printed = load("published-monthly")
        texts |= set(printed["note"].dropna()) | set(printed["publisher"])
        texts |= {unit for unit in printed["unit"] if " " in unit}  # "Shahed only"
    texts |= {text.rstrip(".") for text in texts}  # as sentences take them in
    return sorted((text for text in texts if len(text) > 2), key=len, reverse=True)


def _marked(texts: Sequence[str], line: str) -> Markup:
    """A line of the page in which the parts that are in English say so."""
    line = spelled(line)
    found = [re.escape(text) for text in map(spelled, texts) if text in line]
    # before anything is escaped: a text that is a part of "&amp;" would cut it in two
    parts = re.split(rf"(?<!\w)({'|'.join(found)})(?!\w)", line) if found else [line]
    marked = [
        Markup('<span lang="en">{}</span>').format(part) if k % 2 else escape(part)
        for k, part in enumerate(parts)
    ]
    return Markup("").join(marked)


def revision_lines(found: dict[str, Any], words: Words) -> list[str]:
    """What changed since another report, in sentences."""
    month = month_words(as_month(found["month"]), words.language)
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
    of = found["n_compared"]
    changed = words("revisions.values", n=n, of=of) if n else words("revisions.no_values", n=of)
    said.append(changed)
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
    """Text in which no character begins a mark, a tag, an item of a list or an address."""
    flat = re.sub(r"[^\S\u00a0\u202f]+", " ", str(text)).strip()  # no-break spaces stay
    for mark in "\\`*_[]|#~$@":
        flat = flat.replace(mark, f"\\{mark}")
    flat = re.sub(r"^(\d*)([-+=.)])(?=[-= ]|$)", r"\1\\\2", flat)
    flat = re.sub(r"(:)(?=//)|(?<=www)(\.)", r"\\\g<0>", flat, flags=re.IGNORECASE)
    return flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
