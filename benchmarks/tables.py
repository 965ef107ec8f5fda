"""The tables of the results, and where they go: the README, docs/benchmarks.md, latest.md.

python benchmarks/tables.py              write the README's table and docs/benchmarks.md anew
python benchmarks/tables.py --check      only tell whether they are up to date
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jobs import JOBS, Job

HERE = Path(__file__).parent
ROOT = HERE.parent
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
FIELDS = ("job", "program", "version", "n", "t", "threads", "seconds", "cpu_seconds", "peak_mib")
FIELDS += ("agrees", "ratio", "share_of_bandwidth")
TITLES = {job.key: job.title for job in JOBS} | {
    "import": "Import",
    "report": "A whole report, from a cold start",
}
Row = dict[str, Any]
Result = dict[str, Any]


def complete(row: Row) -> Row:
    """A row with the fields of every row first, and what else it has after them."""
    return {name: row.get(name) for name in FIELDS} | row


def summary(result: Result) -> str:
    """One line a job: ours, the fastest peer, and what was to be reached."""
    head = ["job", "series x steps", "trends, 1 thread", "2 threads", "fastest peer"]
    head += ["times as fast", "of the bandwidth", "to reach"]
    body = [line for job in JOBS if (line := summary_line(job, result))]
    return markdown(head, [*body, *start_lines(result)], right={1, 2, 3, 5, 6})


def summary_line(job: Job, result: Result) -> list[str] | None:
    rows = [row for row in result["rows"] if row["job"] == job.key]
    own = {row["threads"]: row for row in measured(rows, "ours") if row["program"] == "trends"}
    peers = measured(rows, "theirs")
    if not rows:
        return None
    if 1 not in own or 2 not in own:
        problem = next((row["problem"] for row in rows if row.get("side") == "ours"), "not wired")
        return [job.title, "", problem.split(": ", 1)[-1], "", "", "", "", target(job)]
    best = min(peers, key=lambda row: row["ratio"], default=None)
    shares = [row["share_of_bandwidth"] for row in measured(rows, "ours")]
    share = max((s for s in shares if s is not None), default=None)
    return [
        job.title,
        f"{own[1]['n']:,} x {own[1]['t']:,}",
        duration(own[1]["seconds"]),
        duration(own[2]["seconds"]),
        peer(best) if best else "none found",
        f"{times(best['ratio'])}" if best else "",
        "" if share is None else f"{share:.0%}",
        verdict(job, against(job, peers, best), share, own[2]["seconds"], result["about"]["scale"]),
    ]


def measured(rows: Iterable[Row], side: str) -> list[Row]:
    return [r for r in rows if r.get("side") == side and r["seconds"] and r["ratio"] is not None]


def peer(row: Row) -> str:
    part = f" on {row['n']:,} series" if row.get("rows") == row["n"] else ""
    wrong = "" if row["agrees"] else ", **answers differ**"
    return f"{row['program']} {row['version']}: {duration(row['seconds'])}{part}{wrong}"


def target(job: Job) -> str:
    of = f" {job.against}" if job.against else ""
    goals = [f"{job.times:,g} times{of}" if job.times and job.times > 1 else ""]
    goals += ["ahead" if job.times == 1 else ""]
    goals += [f"{job.share:.0%}" if job.share else ""]
    goals += [f"{duration(job.seconds)} on 2 threads" if job.seconds else ""]
    return ", ".join(filter(None, goals))


def against(job: Job, peers: list[Row], best: Row | None) -> Row | None:
    """The peer that `times` is said of, if it was measured."""
    if job.against is None:
        return best
    return next((row for row in peers if row["program"] == job.against), None)


def verdict(job: Job, best: Row | None, share: float | None, two: float, scale: float) -> str:
    """What was to be reached, and whether it was, so far as that was measured."""
    held = []
    if job.times and best:
        held.append(best["ratio"] >= job.times)
    if job.share and share is not None:
        held.append(share >= job.share)
    if job.seconds and scale == 1:
        held.append(two <= job.seconds)
    if (job.against or "").startswith("R ") and best is None:
        return f"{target(job)}, which was not measured"
    said = f": {'reached' if all(held) else '**not reached**'}" if held else ""
    return target(job) + said


def start_lines(result: Result) -> list[list[str]]:
    rows = {(row["job"], row["program"]): row for row in result["rows"]}
    if ("report", "trends") not in rows:
        return []
    bare, used = rows["import", "trends"], rows["import", "trends, Panel used"]
    pandas, report = rows["import", "pandas"], rows["report", "trends"]
    factor = used["seconds"] / pandas["seconds"]
    held = "reached" if factor < 1.2 else "**not reached**"
    peer = f"`import pandas` {pandas['version']}: {duration(pandas['seconds'])}"
    goal = f"under 1.2 of pandas' time: {factor:.2f}, {held}"
    lines = [
        ("`import trends`", bare, "", "", ""),
        ("`import trends`, and a Panel used", used, peer, times(pandas["ratio"]), goal),
        ("`trends report 2025-06`", report, "", "", ""),
    ]
    return [
        [title, "", duration(row["seconds"]), "", peer, ratio, "", goal]
        for title, row, peer, ratio, goal in lines
    ]


def every_row(result: Result) -> str:
    """All rows, as they are in latest.json."""
    head = ["job", "program", "version", "series x steps", "threads", "time", "CPU time"]
    head += ["peak MiB", "agrees", "times ours", "of the bandwidth"]
    return markdown(head, [full_line(row) for row in result["rows"]], right={3, 4, 5, 6, 7, 9, 10})


def full_line(row: Row) -> list[str]:
    start = [TITLES.get(row["job"], row["job"]), row["program"], row["version"] or ""]
    if row["seconds"] is None:
        return [*start, *[""] * 5, row.get("problem", "").replace("|", "/"), "", ""]
    share = row["share_of_bandwidth"]
    return [
        *start,
        "" if row["n"] is None else f"{row['n']:,} x {row['t']:,}",
        str(row["threads"] or ""),
        duration(row["seconds"]),
        duration(row["cpu_seconds"]),
        "" if row["peak_mib"] is None else f"{row['peak_mib']:,.0f}",
        {None: "", True: "yes", False: "**no**"}[row["agrees"]],
        "" if row["ratio"] is None else times(row["ratio"]),
        "" if share is None else f"{share:.0%}",
    ]


def circumstances(result: Result) -> str:
    about = result["about"]
    moved = [about.get(f"bandwidth_{n}") for n in (1, 2)]
    speed = "not measured" if None in moved else " and ".join(f"{b / 1e9:.1f}" for b in moved)
    part = "" if about["scale"] == 1 else f" **Sizes are scaled by {about['scale']:g}: a trial.**"
    return (
        f"Measured on {about['date']} at {about['commit']}: {about['cpu']}, {about['cores']} "
        f"cores, Python {about['python']}, {about['system']}. The load was "
        f"{about['load_before']:.1f} before and {about['load_after']:.1f} after. Copying memory, "
        f"bytes read and bytes written counted, moved {speed} GB/s on one thread and on two. "
        f"The run took {about['seconds']:.0f} s.{part}"
    )


def page(result: Result) -> str:
    """The whole of latest.md."""
    parts = ["# Latest results", circumstances(result), summary(result)]
    return "\n\n".join([*parts, "## Every row", every_row(result), ""])


def markdown(head: list[str], body: Iterable[list[str]], right: set[int]) -> str:
    rule = ["--:" if k in right else "---" for k in range(len(head))]
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, rule, *body])


def duration(seconds: float) -> str:
    digits = 3 if seconds < 0.1 else 2 if seconds < 10 else 1
    if seconds < 0.01:
        return f"{seconds * 1e3:.2g} ms"
    return f"{seconds:.{digits}f} s"


def times(ratio: float) -> str:
    return f"{ratio:,.2f}" if ratio < 9.95 else f"{ratio:,.0f}"


def between(text: str, table: str) -> str:
    """The text with the table between its markers."""
    if not (BEGIN in text and END in text):
        raise SystemExit(f"no {BEGIN} and {END} to write the table between")
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    return pattern.sub(lambda _: f"{BEGIN}\n{table}\n{END}", text, count=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--results", type=Path, default=HERE / "results" / "latest.json")
    options = parser.parse_args()
    result = json.loads(options.results.read_text())
    short = f"{summary(result)}\n\n{circumstances(result)}"
    long = f"{circumstances(result)}\n\n{summary(result)}\n\n### Every row\n\n{every_row(result)}"
    stale = []
    for path, table in ((ROOT / "README.md", short), (ROOT / "docs" / "benchmarks.md", long)):
        text = path.read_text()
        if BEGIN not in text and path.name == "README.md":
            print(f"{path.name}: no {BEGIN}, left as it is", file=sys.stderr)
            continue
        if (new := between(text, table)) != text:
            stale.append(path.name)
            if not options.check:
                path.write_text(new)
    print("written: " * (not options.check) + ", ".join(stale) if stale else "up to date")
    raise SystemExit(bool(stale) and options.check)


if __name__ == "__main__":
    main()
