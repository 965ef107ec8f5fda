"""Claims on the command line: a sentence, typed options, or a file of published claims."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import click

from trends._cli_reading import READING, data_options, echo, panels

TRUE, NOT_TRUE = 0, 1
KINDS = ("record", "since", "rank", "streak", "change", "multiple")


@click.command()
@click.argument("sentence", required=False)
@data_options
@click.option("--month", default=None, help="The month that the claim is about.")
@click.option("--published", metavar="DATE", help="The day on which the sentence was printed.")
@click.option("--claim", metavar="JSON", help="A typed claim of any type.")
@click.option("--series", default=None, help="Which series, where the data have several.")
@click.option("--record", is_flag=True, help="Highest month on record.")
@click.option("--since", metavar="MONTH", help="Highest since MONTH.")
@click.option("--rank", type=int, help="N-th highest month.")
@click.option("--streak", type=int, help="N-th consecutive rise.")
@click.option("--change", metavar="PERCENT", help="Up by so many percent (negative: down).")
@click.option("--multiple", metavar="TIMES", help="So many times the base month.")
@click.option("--from", "base", metavar="MONTH", help="The base month of a change or a multiple.")
@click.option("--per", type=click.Choice(["month", "day"]), default="month", show_default=True)
@click.option("--start", metavar="MONTH", help="First month of the span of a record or a rank.")
@click.option("--value", type=float, help="The figure printed for the month.")
@click.option(
    "--hedge",
    type=click.Choice(["about", "almost", "more than", "less than"]),
    default=None,
    help="The word before the number.",
)
@click.option("--low", is_flag=True, help="Lowest instead of highest, falls instead of rises.")
@click.option("--language", default="en", show_default=True, help="Of the verdict.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.pass_context
def check(
    context: click.Context,
    /,
    sentence: str | None,
    month: str | None,
    language: str,
    as_json: bool,
    **options: Any,
) -> None:
    """Check a claim: a SENTENCE as it was printed, or typed options.

    \b
    trends check "Russia's biggest territorial gain since November" --month 2025-06
    trends check "Drones rose 37% in June on May" --published 2025-07-01 --data drones-launched
    trends check --data territory-gain-isw --month 2025-06 --streak 3
    trends check --claim '{"type": "threshold", "series": "drones_launched", "month": "2025-06",
    "bound": 5000}'

    Without --data, a sentence finds the bundled data that it speaks of.
    """  # noqa: D301
    from trends.checks import check as run

    reading = {name: options.pop(name) for name in list(options) if name in READING}
    published, typed = options.pop("published"), options.pop("claim")
    spelt = any(options[kind] is not None and options[kind] is not False for kind in KINDS)
    if (sentence is not None) + (typed is not None) + spelt != 1:
        raise click.UsageError("Give one of: a sentence, --claim, or typed options.")
    if sentence is not None and not sentence.strip():
        raise click.UsageError("The sentence is empty.")
    if sentence is not None:
        given = panels(**reading) if reading["data"] else None
        known = {key: reading[key] for key in ("as_of", "store") if reading[key] and given is None}
        found = run(sentence, given, month=month, published=published, language=language, **known)
    elif typed is not None:
        from trends.checks import claim_of

        found = run(
            claim_of(_json(typed), "--claim"),
            panels(**reading) if reading["data"] else None,
            language=language,
        )
    else:
        if len(reading["data"]) != 1:
            raise click.UsageError("Name one data set or file: --data NAME|PATH.")
        if month is None:
            raise click.UsageError("Name the month that the claim is about: --month MONTH.")
        (panel,) = panels(**reading)
        found = run(_claim(panel, month, **options), panel, language=language)
    echo(json.dumps(found.facts(), ensure_ascii=False, indent=2) if as_json else str(found))
    context.exit(TRUE if found.outcome in ("true", "depends") else NOT_TRUE)


def _claim(panel: Any, month: str, **options: Any) -> Any:
    """The one claim that the typed options spell."""
    from trends.claims import Change, Multiple, Rank, Record, Since, Streak

    given = [name for name in KINDS if options[name] is not None and options[name] is not False]
    if len(given) != 1:
        raise click.UsageError(
            "Say the claim with exactly one of --record, --since, --rank, --streak, --change, "
            f"--multiple; found {' and '.join('--' + n for n in given) or 'none'}."
        )
    (kind,) = given
    series = options["series"] or panel.names[0]
    if options["series"] is None and panel.n_series > 1:
        raise click.UsageError(f"Name one series with --series: {', '.join(panel.names[:12])}.")
    shared: dict[str, Any] = {"series": series, "month": month, "value": options["value"]}
    shared_high = {**shared, "direction": "low" if options["low"] else "high"}
    if kind in ("change", "multiple") and not options["base"]:
        raise click.UsageError(f"--{kind} needs the month compared with: --from MONTH.")
    if kind == "record":
        return Record(**shared_high, start=options["start"])
    if kind == "since":
        return Since(**shared_high, since=options["since"])
    if kind == "rank":
        return Rank(**shared_high, rank=options["rank"], start=options["start"])
    if kind == "streak":
        up, down = ("acceleration", "slowing") if panel.adds_up_to else ("rise", "fall")
        shared["kind"] = down if options["low"] else up
        return Streak(**shared, length=options["streak"])
    shared |= {"base": options["base"], "hedge": options["hedge"] or ""}
    number = _number(options[kind], kind)
    if kind == "change":
        return Change(**shared, percent=number, per=options["per"])
    return Multiple(**shared, multiple=number)


def _number(text: str, option: str) -> Any:
    """A printed number with its digits as they were printed."""
    from decimal import Decimal

    number = text.strip().removesuffix("%").rstrip().replace("\N{MINUS SIGN}", "-")
    if not re.fullmatch(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?", number):
        raise click.BadParameter(
            f"{text!r} is not a number such as 36.8.", param_hint=f"--{option}"
        )
    return Decimal(number)


def _json(text: str) -> Any:
    from decimal import Decimal

    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise click.BadParameter(f"it is not JSON ({error}).", param_hint="--claim") from None


@click.command()
@click.argument("claims", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", multiple=True, metavar="NAME", help="Data for entries that name none.")
@click.option("--as-of", default=None, metavar="DATE", help="Data as known on that day.")
@click.option("--store", default=None, metavar="PATH|URL", help="A store of vintages.")
@click.option("--json", "as_json", is_flag=True, help="Print one object an entry.")
@click.pass_context
def verify(
    context: click.Context, /, claims: Path, data: tuple[str, ...], as_json: bool, **known: Any
) -> None:
    """Check the published claims of a JSON file again; exit 1 if any is not as it was.

    The file is a list of entries with a "sentence" (and "month" or "published") or a typed
    "claim"; and, if wanted, "data", "outcome" (true by default) and "id".
    """
    from trends.checks import verify as run

    found = run(claims, list(data) or None, **{k: v for k, v in known.items() if v})
    if as_json:
        rows = found.frame().to_dict("records")
        echo(json.dumps(rows, ensure_ascii=False, indent=2, default=bool))
    else:
        frame = found.frame()
        changed = int((~frame["holds"]).sum())
        if changed:
            echo(found.diff())
        echo(f"{len(frame) - changed} of {len(frame)} claims are as they were.")
    context.exit(TRUE if found.holds else NOT_TRUE)
