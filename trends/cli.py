"""The command line: arguments in, the library's answers out."""

from __future__ import annotations

import json
import re
import sys
import warnings
from pathlib import Path
from typing import Any

import click

from trends._cli_compare import compare
from trends._cli_data import data
from trends._cli_reading import READING, data_options, panels
from trends._cli_scan import scan
from trends._cli_store import store
from trends.errors import TrendsError

# pandas is imported inside the commands: `trends --help` answers at once

TRUE, NOT_TRUE, BAD_INPUT = 0, 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="attack-trends", prog_name="trends")
def app() -> None:
    """Attack-intensity trends: load, detect, check and report monthly conflict series.

    Exit codes: 0 done or true, 1 a claim is not true as it stands, 2 bad input.
    """


@app.command()
@click.argument("month")
@data_options
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder to write index.html, report.md and report.json into [default: reports/MONTH].",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON instead.")
def report(month: str, out: Path | None, as_json: bool, **reading: Any) -> None:
    """Write the report of MONTH, a year and month as in 2025-06."""
    from trends.panel import as_month
    from trends.report import report as make

    asked = as_month(month, "trends report")
    given = panels(**reading)
    result = make(given, asked)
    if as_json:
        click.echo(result.to_json(), nl=False)
    if out is not None or not as_json:
        folder = result.save(out or Path("reports") / str(asked))
        if not as_json:
            for k, finding in enumerate(result.findings, 1):
                click.echo(f"{k}. {finding.claim.sentence()} ({finding.outcome})")
            for line in (*result.notices, *result.left_out):
                click.echo(f"Note: {line}")
            click.echo(f"Written: {folder / 'index.html'}")


@app.command()
@click.argument("sentence", required=False)
@data_options
@click.option("--month", required=True, help="The month that the claim is about.")
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
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.pass_context
def check(
    context: click.Context, /, sentence: str | None, month: str, as_json: bool, **options: Any
) -> None:
    r"""Check a published claim, given by its typed options.

    SENTENCE is the claim as it was printed; it is repeated above the verdict and not read.

    \b
    trends check --data territory-gain-afp --month 2025-06 --since 2024-11
    trends check --data territory-gain-isw --month 2025-06 --streak 3
    trends check --data drones-launched --month 2025-06 --change 36.8 --from 2025-05
    """
    from trends.checks import weigh

    reading = {name: options.pop(name) for name in list(options) if name in READING}
    if len(reading["data"]) != 1:
        raise click.UsageError("Name one data set or file: --data NAME|PATH.")
    (panel,) = panels(**reading)
    claim = _claim(panel, month, **options)
    finding = weigh(claim, panel)
    if as_json:
        facts = {"printed_sentence": sentence, **finding.facts()}
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(filter(None, [sentence, *finding.lines()])))
    context.exit(TRUE if finding.verdict.outcome == "true" else NOT_TRUE)


def _claim(panel: Any, month: str, **options: Any) -> Any:
    """The one claim that the typed options spell."""
    from trends.claims import Change, Multiple, Rank, Record, Since, Streak

    kinds = ("record", "since", "rank", "streak", "change", "multiple")
    given = [name for name in kinds if options[name] is not None and options[name] is not False]
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


@app.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Check this installation, and say what to do where something is wrong."""
    import dataclasses

    from trends.doctor import examine

    findings = examine()
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(f) for f in findings], indent=2))
    else:
        for finding in findings:
            click.echo(f"{'ok   ' if finding.ok else 'WRONG'} {finding.name}: {finding.found}")
            if finding.advice:
                click.echo(f"      {finding.advice}")
    context.exit(TRUE if all(finding.ok for finding in findings) else BAD_INPUT)


app.add_command(compare)
app.add_command(data)
app.add_command(scan)
app.add_command(store)


def main() -> None:
    """Run the program; bad input ends in one clear line, never in a traceback."""
    warnings.showwarning = _say_warning  # type: ignore[assignment]
    try:
        app(standalone_mode=True)
    except (TrendsError, OSError) as error:  # a full disk, a closed terminal
        click.echo(f"Error: {error}", err=True)
        sys.exit(BAD_INPUT)


def _say_warning(message: Warning | str, *_: Any) -> None:
    click.echo(f"Warning: {message}", err=True)
