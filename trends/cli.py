"""The command line: arguments in, the library's answers out."""

from __future__ import annotations

import json
import os
import sys
import warnings
from typing import Any

import click

from trends._cli_check import check, verify
from trends._cli_compare import compare
from trends._cli_data import data
from trends._cli_nowcast import forecast, nowcast
from trends._cli_reading import echo
from trends._cli_report import diff, init, report
from trends._cli_reports import reports
from trends._cli_scan import scan
from trends._cli_store import store
from trends.errors import TrendsError

# pandas is imported inside the commands: `trends --help` answers at once

TRUE, BAD_INPUT = 0, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="attack-trends", prog_name="trends")
def app() -> None:
    """Attack-intensity trends: load, detect, check and report monthly conflict series.

    Exit codes: 0 done or true, 1 a claim is not true as it stands, 2 bad input.
    """


@app.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Check this installation, and say what to do where something is wrong."""
    import dataclasses

    from trends.doctor import examine

    findings = examine()
    if as_json:
        echo(json.dumps([dataclasses.asdict(f) for f in findings], indent=2))
    else:
        for finding in findings:
            echo(f"{'ok   ' if finding.ok else 'WRONG'} {finding.name}: {finding.found}")
            if finding.advice:
                echo(f"      {finding.advice}")
    context.exit(TRUE if all(finding.ok for finding in findings) else BAD_INPUT)


app.add_command(check)
app.add_command(compare)
app.add_command(data)
app.add_command(diff)
app.add_command(forecast)
app.add_command(init)
app.add_command(nowcast)
app.add_command(report)
app.add_command(reports)
app.add_command(scan)
app.add_command(store)
app.add_command(verify)


def main() -> None:
    """Run the program; bad input ends in one clear line, never in a traceback."""
    warnings.showwarning = _say_warning  # type: ignore[assignment]
    os.environ["MPLBACKEND"] = "agg"  # a notebook's own is no backend of this program
    try:
        app(standalone_mode=True)
    except (TrendsError, OSError) as error:  # a full disk, a closed terminal
        echo(f"Error: {error}".replace("\n", "\\n"), err=True)  # of a name, as of a file
        sys.exit(BAD_INPUT)


def _say_warning(message: Warning | str, *_: Any) -> None:
    echo(f"Warning: {message}", err=True)
