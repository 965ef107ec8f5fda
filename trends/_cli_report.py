"""`trends report`, `trends init` and `trends diff`: the monthly report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from trends._cli_reading import data_options, echo, panel_of, panels

SAME, CHANGED = 0, 1
CONFIG = "report.toml"


@click.command()
@click.argument("month", required=False)
@data_options
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="A report.toml that says what to report (see `trends init`).",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder to write the report into [default: reports/MONTH].",
)
@click.option("--format", "formats", multiple=True, help="html, md, json, csv, svg, png or pdf.")
@click.option(
    "--previous", metavar="PATH", default=None, help="An earlier report, to tell what was revised."
)
@click.option("--title", default="", help="Words above the headline.")
@click.option("--language", default="en", show_default=True, help="Of the report: en, fr or uk.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON instead.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
def report(month: str | None, config: Path | None, quiet: bool, **options: Any) -> None:
    """Write the report of MONTH, a year and month as in 2025-06.

    With --config, write one edition a month into the folder that the file names, each as a whole or
    not at all, and log to stderr.

    \b
    trends report 2025-06
    trends report 2025-06 --data gains.csv --format html --format pdf
    trends report --config report.toml --quiet
    """  # noqa: D301
    if config is not None:
        _refuse_with_config(options)
        _editions(config, month, quiet)
        return
    if month is None:
        raise click.UsageError("Name a month, as in 2025-06, or a file with --config.")
    _one(month, quiet, **options)


def _refuse_with_config(options: dict[str, Any]) -> None:
    """What the file says is not said on the command line, too."""
    context = click.get_current_context()
    given = [
        max(each.opts, key=len)
        for each in context.command.params
        if each.name in options
        and context.get_parameter_source(each.name) is not click.core.ParameterSource.DEFAULT
    ]
    if given:
        words = ", ".join(given)
        raise click.UsageError(f"With --config, the file says all but MONTH; found {words}.")


def _one(
    month: str,
    quiet: bool,
    *,
    out: Path | None,
    formats: tuple[str, ...],
    previous: str | None,
    title: str,
    language: str,
    as_json: bool,
    **reading: Any,
) -> None:
    from trends.panel import as_month
    from trends.report import DEFAULT
    from trends.report import report as make
    from trends.wording import read_words

    asked = as_month(month, "trends report")
    given = panels(**reading)
    made = make(given, asked, language=language, title=title, previous=previous)
    if as_json:
        echo(made.to_json(), nl=False)
    if out is None and as_json:
        return
    folder = made.save(out or Path("reports") / str(asked), formats=formats or DEFAULT)
    if as_json or quiet:
        return
    words = read_words(language)
    for k, finding in enumerate(made.findings, 1):
        outcome = words(f"outcomes.{finding.outcome}")
        echo(f"{k}. {finding.claim.sentence(language)} ({outcome})")
    for line in (*made.notices, *made.left_out):
        echo(words("verdict.note", line=line))
    echo(f"Written: {folder / 'index.html' if 'html' in (formats or DEFAULT) else folder}")


def _editions(path: Path, month: str | None, quiet: bool) -> None:
    from trends.panel import as_month
    from trends.report import Terms, previous_edition, publish, read_config
    from trends.report import report as make

    config = read_config(path)
    given = [_panel(source) for source in config.series]
    terms = [Terms(s.get("licence", ""), s.get("citation", "")) for s in config.series]
    months = config.months_of(given) if month is None else (as_month(month, "trends report"),)
    for each in months:
        before = previous_edition(config.folder, str(each))
        made = make(
            given,
            each,
            language=config.language,
            title=config.title,
            logo=config.logo,
            terms=terms,
            previous=before,
        )
        folder = publish(config.folder, str(each), made.files(config.formats))
        if not quiet:
            against = "" if before is None else f", compared with {before.name}"
            echo(f"{each}: {len(made.findings)} claims{against}; {made.headline}", err=True)
            echo(folder)


def _panel(source: Any) -> Any:
    """The panel of one [[series]]."""
    from dataclasses import replace

    reading = {key: value for key, value in source.items() if key not in ("licence", "citation")}
    name, select = reading.pop("data"), reading.pop("select", None)
    definition, publisher = reading.pop("definition", None), reading.pop("source", None)
    if definition is not None and "store" in reading:
        from trends.editions import load

        panel: Any = load(name, definition=definition, **_of_store(reading))
    else:
        panel = panel_of(name, **reading)
        if definition is not None:
            panel = replace(panel, definition=definition)
    if publisher is not None:
        panel = replace(panel, source=publisher)
    return panel if select is None else panel.select(*select)


def _of_store(reading: dict[str, Any]) -> dict[str, Any]:
    return {key: reading[key] for key in ("store", "as_of") if key in reading}


@click.command()
@click.argument("path", type=click.Path(path_type=Path), default=Path(CONFIG))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def init(path: Path, force: bool) -> None:
    """Write a commented report.toml, to be changed and given to `trends report --config`."""
    from trends.report import config_template
    from trends.writing import write_files

    target = path / CONFIG if path.is_dir() else path
    if target.exists() and not force:
        raise click.UsageError(
            f"{target} is there already: name another, or replace it by --force."
        )
    write_files(target.parent, {target.name: config_template()})
    echo(f"Written: {target}. Next: trends report --config {target}")


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the difference as JSON.")
@click.pass_context
def diff(context: click.Context, old: Path, new: Path, as_json: bool) -> None:
    """List the headlines that changed from report OLD to report NEW.

    OLD and NEW are the folders of two reports, or their report.json. Exit codes: 0 none changed,
    1 some did, 2 bad input.
    """
    import dataclasses

    from trends.report import diff as compare
    from trends.report import read_facts

    found = compare(read_facts(old), read_facts(new))
    if as_json:
        echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2))
    else:
        for line in found.lines():
            echo(line)
        revised, of = len(found.revisions["values"]), found.revisions["n_compared"]
        echo(f"{revised} of {of} monthly values revised.")
    context.exit(CHANGED if found else SAME)
