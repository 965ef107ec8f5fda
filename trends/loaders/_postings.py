"""The rows of the air force's reports, and what became of every post."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence

import pandas as pd

from trends.loaders._tallies import Count, Tally
from trends.posts import Figure

NUMBERS = (
    "launched_drones", "of_which_shahed", "of_which_jet", "destroyed_drones", "suppressed_or_lost",
    "not_reached", "hits", "hit_locations", "debris_locations",
)  # fmt: skip
COLUMNS = (
    "date", "kind", "launched_drones", "of_which_shahed", "of_which_jet", "launched_missiles",
    "destroyed_drones", "suppressed_or_lost", "not_reached", "destroyed_missiles", "hits",
    "hit_locations", "debris_locations", "launch_places", "window_start", "window_end", "as_of",
    "post", "posted", "bounds", "unsure", "checks", "counted", "reason",
)  # fmt: skip

LAUNCHES = (
    "time_start", "time_end", "model", "launch_place", "launched", "destroyed", "not_reach_goal",
    "is_shahed", "num_hit_location", "num_fall_fragment_location", "turbojet", "source",
)  # fmt: skip


def rows(tallies: Sequence[Tally], found: Count) -> pd.DataFrame:
    """One row a report."""
    made = [_row(tally) for tally in tallies]
    for place, row in enumerate(made):
        row["reason"] = found.fates.get(place, "")
        row["counted"] = not row["reason"]
    frame = pd.DataFrame(made, columns=list(COLUMNS))
    for name in NUMBERS:
        frame[name] = frame[name].astype("Int64")
    for name in ("date", "window_start", "window_end", "as_of", "posted"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def _row(tally: Tally) -> dict[str, object]:
    start, end = tally.window
    total = tally.figures.get("destroyed_missiles")
    by_model = _json(tally.destroyed_missiles)
    return {
        "date": tally.day,
        "kind": tally.kind,
        **{name: figure.value for name, figure in tally.figures.items() if name in NUMBERS},
        "launched_missiles": _json(tally.launched_missiles),
        "destroyed_missiles": str(total.value) if total and by_model == "{}" else by_model,
        "launch_places": "; ".join(tally.places),
        "window_start": start,
        "window_end": end,
        "as_of": tally.as_of,
        "post": tally.post,
        "posted": tally.posted,
        "bounds": json.dumps(_bounds(tally), ensure_ascii=False),
        "unsure": "; ".join(tally.unsure),
        "checks": "; ".join(tally.checks),
    }


def _json(figures: Mapping[str, Figure]) -> str:
    values = {model: figure.value for model, figure in sorted(figures.items())}
    return json.dumps(values, ensure_ascii=False)


def _bounds(tally: Tally) -> dict[str, str]:
    named = {**tally.figures}
    named |= {f"launched {model}": f for model, f in tally.launched_missiles.items()}
    named |= {f"destroyed {model}": f for model, f in tally.destroyed_missiles.items()}
    return {name: figure.bound for name, figure in named.items() if figure.bound != "exact"}


def launches(tallies: Sequence[Tally], found: Count) -> pd.DataFrame:
    """The posts that count, in the columns of the attack-level file: one row a model."""
    made: list[dict[str, object]] = []
    for place, tally in enumerate(tallies):
        if not found.fates.get(place, ""):
            made += _by_model(tally)
    return pd.DataFrame(made, columns=list(LAUNCHES))


def _by_model(tally: Tally) -> list[dict[str, object]]:
    start, end = tally.window
    known = {key: _number(figure) for key, figure in tally.figures.items()}
    post = {
        "time_start": _stamp(start, tally),
        "time_end": _stamp(end, tally),
        "launch_place": " and ".join(tally.places) or None,
        "num_hit_location": known.get("hit_locations"),
        "num_fall_fragment_location": known.get("debris_locations"),
        "source": tally.post,
    }
    drones: dict[str, object] = {
        "model": "Shahed-136/131",
        "launched": known.get("launched_drones"),
        "destroyed": known.get("destroyed_drones"),
        "not_reach_goal": known.get("suppressed_or_lost", known.get("not_reached")),
        "is_shahed": known.get("of_which_shahed"),
        "turbojet": known.get("of_which_jet"),
    }
    missiles: list[dict[str, object]] = [
        {"model": model, "launched": _number(figure),
         "destroyed": _number(tally.destroyed_missiles.get(model))}
        for model, figure in tally.launched_missiles.items()
    ]  # fmt: skip
    return [post | row for row in [*([drones] if "launched_drones" in known else []), *missiles]]


def _number(figure: Figure | None) -> int | None:
    return figure.value if figure is not None and figure.bound == "exact" else None


def _stamp(moment: dt.datetime | None, tally: Tally) -> str:
    return f"{tally.day}" if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def unread(tallies: Sequence[Tally]) -> pd.DataFrame:
    """The posts that could not be read whole."""
    found = [
        (tally.post, tally.posted, tally.kind, "; ".join(tally.unsure), tally.excerpt)
        for tally in tallies
        if tally.unsure
    ]
    return pd.DataFrame(found, columns=["post", "posted", "kind", "missing", "text"])


def account(others: Mapping[str, int], found: Count) -> pd.DataFrame:
    """Posts in, used, and left out by reason."""
    reasons = Counter(dict(others))
    used = 0
    for fate in found.fates.values():
        used += not fate
        reasons.update([group_of(fate)] if fate else [])
    lines = [("in", "in the file", used + sum(reasons.values())), ("used", "", used)]
    lines += [("left out", reason, number) for reason, number in sorted(reasons.items())]
    return pd.DataFrame(lines, columns=["fate", "reason", "posts"])


def group_of(fate: str) -> str:
    """The reason without what is peculiar to one post."""
    beginnings = {
        "not sure: ": "not sure",
        "open number": "an open number",
        "the same": "the same post again",
        "says the same": "the same figures as another post",
        "replaced by": "replaced by a correction",
        "the day is left out": "the day is left out for another post",
    }
    for beginning, reason in beginnings.items():
        if fate.startswith(beginning):
            return reason
    return fate
