"""`trends reports`: the air force's own reports, post by post."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from trends._cli_reading import echo

_channel = click.option("--channel", help="Of a whole account's export: the chat, by name or id.")
_SHOWN = ["date", "kind", "launched_drones", "launched_missiles", "post", "reason"]


@click.group()
def reports() -> None:
    """Read the air force's own reports from an export of its channel."""


@reports.command()
@click.argument("post")
@_channel
def explain(post: str, channel: str | None) -> None:
    """Say what was read from POST, and from which words.

    POST is EXPORT#ID, a post of an export by its id; or a text file with one post and its date in
    the name, as in 2026-07-02_0915.txt.
    """
    from trends.loaders import find_post
    from trends.posts import explain as explained

    path, mark, identity = post.rpartition("#")
    whole = not mark or Path(post).exists()
    found = (
        find_post(post, channel=channel) if whole else find_post(path, identity, channel=channel)
    )
    echo(explained(found))


@reports.command(name="list")
@click.argument("export")
@_channel
@click.option("--weapons", type=click.Choice(["drones", "missiles"]), default="drones")
@click.option(
    "--definition", type=click.Choice(["nights", "nights and days"]), default="nights",
    show_default=True, help="Which tallies count.",
)  # fmt: skip
@click.option("--unread", is_flag=True, help="Only the posts that could not be read whole.")
@click.option("--json", "as_json", is_flag=True, help="Print every column, as JSON.")
def list_(export: str, channel: str | None, unread: bool, as_json: bool, **rule: Any) -> None:
    """List the reports of EXPORT, one row a post: its figures, and whether they count.

    EXPORT is result.json of Telegram Desktop, JSON lines, a text file or a folder of texts.
    """
    found = _read(export, channel)
    table = found.unread if unread else found.frame(**rule)
    if as_json:
        echo(table.to_json(orient="records", date_format="iso", indent=2))
        return
    echo(_table(table if unread else table[_SHOWN]))
    if not unread:
        echo()
        echo(_table(found.account(**rule)))
        if len(found.unread):
            echo(f"\nNot read whole: {len(found.unread):,} posts (list --unread).")


def _read(export: str, channel: str | None) -> Any:
    """Read an export, with a bar on a terminal."""
    from trends.loaders import read_reports

    hidden = not sys.stderr.isatty()
    with click.progressbar(length=1, label="Reading", file=sys.stderr, hidden=hidden) as bar:

        def step(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        return read_reports(export, channel=channel, progress=step)


def _table(table: Any) -> str:
    return str(table.to_string(index=False, na_rep="-", max_colwidth=60)) if len(table) else "None."
