"""One night, one count: the rule that turns tallies into days and months."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.errors import BadOption, BadTable, UnknownOption
from trends.loaders import load
from trends.loaders._air_force import AirForceReports
from trends.loaders._tallies import Tally, count
from trends.posts import Figure

ROOT = Path(__file__).resolve().parents[2]
DAY = dt.date(2026, 7, 2)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def exact(value: int | None, bound: str = "exact") -> Figure:
    return Figure(value, bound, 0, 1)


def tally(
    drones: int | Figure | None = 100,
    *,
    day: dt.date = DAY,
    kind: str = "night",
    hours: tuple[str, str] | None = ("18:00", "08:30"),
    post: str = "1",
    posted: str = "09:00",
    missiles: dict[str, int | None] | None = None,
    **more: object,
) -> Tally:
    """A tally of one day; a window that would run backwards begins the evening before."""
    window: tuple[dt.datetime | None, dt.datetime | None] = (None, None)
    if hours is not None:
        start, end = at(f"{day}T{hours[0]}"), at(f"{day}T{hours[1]}")
        window = (start - dt.timedelta(days=start >= end), end)
    figure = exact(drones) if isinstance(drones, int) else drones
    about = {
        "as_of": None,
        "destroyed_missiles": {},
        "unsure": (),
        "checks": (),
        **more,
    }
    return Tally(
        post=post,
        posted=at(f"{day}T{posted}"),
        kind=kind,
        window=window,
        figures={} if figure is None else {"launched_drones": figure},
        launched_missiles={k: exact(v) for k, v in (missiles or {}).items()},
        **about,
    )


def reports(*tallies: Tally, posted: frozenset[dt.date] = frozenset()) -> AirForceReports:
    days = [t.posted.date() for t in tallies]
    return AirForceReports("made.json", tallies, {}, posted | set(days), min(days), max(days), 0)


def reasons(*tallies: Tally, **options: str) -> list[str]:
    return reports(*tallies).frame(**options)["reason"].tolist()


def known(*tallies: Tally, weapons: str = "drones", with_days: bool = False) -> dict[dt.date, int]:
    return count(tallies, weapons, with_days=with_days).days


def test_a_night_counts_on_the_day_on_which_it_ends() -> None:
    assert known(tally(95)) == {DAY: 95}
    panel = reports(tally(95, day=dt.date(2026, 8, 1))).panel()
    assert (str(panel.months[0]), panel.values.tolist()) == ("2026-08", [[95.0]])
    assert panel.observed_days.tolist() == [1]
    assert panel.status("2026-08") == "partial"


def test_a_day_tally_counts_only_where_it_is_asked_for() -> None:
    night = tally(95)
    day = tally(40, kind="day", hours=("06:30", "18:30"), post="2", posted="19:00")
    assert known(night, day) == {DAY: 95}
    assert known(night, day, with_days=True) == {DAY: 135}
    assert reasons(night, day) == ["", "of a day, which this definition does not count"]
    panel = reports(night, day).panel(definition="nights and days")
    assert panel.values.tolist() == [[135.0]]
    assert "1 share hours with the night before (2 in all)" in " ".join(panel.notes)
    assert panel.definition.name == "nights-and-days"
    alone = reports(day, tally(5, day=DAY + dt.timedelta(1), post="3"))
    assert alone.panel(definition="nights and days").values.tolist() == [[5.0]]  # no night, no day


def test_the_same_post_twice_counts_once() -> None:
    copies = [
        tally(95),
        tally(95, post="7", posted="12:00", forwarded=True),
        tally(95, post="9"),
    ]
    assert known(*copies) == {DAY: 95}
    assert reasons(*copies)[1:] == ["the same figures as post 1"] * 2


def test_of_two_editions_of_a_post_the_last_counts() -> None:
    first, second = tally(95), tally(101, edited=at("2026-07-02T11:00"))
    for order in ([first, second], [second, first]):
        assert known(*order) == {DAY: 101}
    assert reasons(second, first) == ["", "the same post again: 1"]


def test_a_correction_replaces_what_it_corrects() -> None:
    night = tally(805)
    correction = tally(810, kind="correction", post="2", posted="11:00")
    assert known(night, correction) == {DAY: 810}
    assert reasons(night, correction) == ["replaced by the correction 2", ""]
    bare = tally(810, kind="correction", post="2", posted="11:00", hours=None)
    assert known(night, bare) == {DAY: 810}
    later = tally(812, kind="correction", post="3", posted="13:00")
    assert known(later, night, correction) == {DAY: 812}


def test_each_part_of_a_night_has_its_own_correction() -> None:
    evening, morning = ("19:00", "02:00"), ("02:00", "06:00")
    parts = [tally(11, hours=evening), tally(7, hours=morning, post="2")]
    first = tally(12, hours=evening, kind="correction", post="3", posted="10:00")
    second = tally(9, hours=morning, kind="correction", post="4", posted="11:00")
    assert known(*parts, first, second) == {DAY: 21}
    assert reasons(*parts, first, second)[:2] == [
        "replaced by the correction 3",
        "replaced by the correction 4",
    ]


def test_a_correction_that_names_no_drones_changes_none() -> None:
    night = tally(805, missiles={"Kh-101": 3})
    correction = tally(None, kind="correction", post="2", posted="11:00", missiles={"Kh-101": 4})
    assert known(night, correction) == {DAY: 805}
    assert known(night, correction, weapons="missiles") == {DAY: 4}


def test_a_correction_of_a_day_leaves_the_night_alone() -> None:
    night = tally(95)
    day = tally(40, kind="day", hours=("06:30", "18:30"), post="2", posted="19:00")
    correction = tally(44, kind="correction", hours=("06:30", "18:30"), post="3", posted="20:00")
    assert known(night, day, correction) == {DAY: 95}
    assert known(night, day, correction, with_days=True) == {DAY: 139}


def test_a_correction_that_could_be_of_either_makes_the_day_unknown() -> None:
    night = tally(95)
    day = tally(40, kind="day", hours=("06:30", "18:30"), post="2", posted="19:00")
    correction = tally(44, kind="correction", hours=None, post="3", posted="20:00")
    found = count([night, day, correction], "drones", with_days=False)
    assert found.days == {}
    assert "which tally it corrects" in found.unknown[DAY]
    assert known(correction) == {}  # what it corrects is not there


def test_two_posts_that_disagree_make_the_night_unknown() -> None:
    one, other = tally(95), tally(96, post="2", posted="09:30")
    assert known(one, other) == {}
    assert all("posts 1 and 2 disagree" in reason for reason in reasons(one, other))
    same = tally(95, post="2", posted="09:30", hours=("18:00", "09:00"))
    assert known(one, same) == {DAY: 95}
    assert reasons(one, same) == ["", "says the same as post 1"]


def test_two_parts_of_one_night_add_up() -> None:
    evening = tally(11, hours=("19:00", "02:00"))
    morning = tally(7, hours=("02:00", "06:00"), post="2")
    assert known(evening, morning) == {DAY: 18}
    assert reasons(evening, morning) == ["", ""]


def test_a_regional_post_never_counts() -> None:
    part = tally(12, kind="regional", post="2")
    assert known(tally(95), part) == {DAY: 95}
    assert known(part) == {}
    assert reasons(part) == ["a part: a regional command's post"]


@pytest.mark.parametrize(
    ("doubtful", "why"),
    [
        (tally(exact(70, "at least")), "open number: at least 70"),
        (tally(exact(17, "at most")), "open number: at most 17"),
        (tally(exact(140, "about")), "open number: about 140"),
        (tally(exact(None)), "open number: without a number"),
        (tally(95, unsure=("launched_drones: 95 in the text, 96 in the headline",)), "not sure: "),
        (tally(95, unsure=("kind: night or day",)), "not sure: kind"),
        (tally(None), "no number of drones"),
        (tally(95, posted="09:00", day=DAY), ""),
    ],
)
def test_an_open_or_unsure_night_is_not_observed(doubtful: Tally, why: str) -> None:
    sure = tally(50, day=DAY + dt.timedelta(1), post="2")
    panel = reports(doubtful, sure).panel()
    if not why:
        assert panel.values.tolist() == [[145.0]]
        return
    assert panel.values.tolist() == [[50.0]]
    assert panel.observed_days.tolist() == [1]
    assert why in " ".join(reasons(doubtful))
    assert "2026-07-02" in " ".join(panel.notes)


def test_doubts_about_missiles_do_not_touch_drones() -> None:
    mixed = tally(95, missiles={"Kh-101": 3, "S-400": None}, unsure=("launched_missiles: S-400",))
    assert known(mixed) == {DAY: 95}
    assert known(mixed, weapons="missiles") == {}


def test_missiles_are_none_only_where_none_is_named() -> None:
    assert known(tally(95), weapons="missiles") == {DAY: 0}
    assert known(tally(95, missiles={"Kh-101": 3, "Kalibr": 2}), weapons="missiles") == {DAY: 5}
    open_ = tally(95, missiles={"Kh-101": 3, "S-400": None})
    assert known(open_, weapons="missiles") == {}
    assert reasons(open_, weapons="missiles") == ["open number: S-400 without a number"]
    shot = tally(95, destroyed_missiles={"Kh-101": exact(2)})
    assert known(shot, weapons="missiles") == {}
    two = [tally(95), tally(None, missiles={"Kh-101": 3}, post="2")]
    assert known(*two, weapons="missiles") == {DAY: 3}
    assert known(*two) == {DAY: 95}


def test_a_window_far_from_its_post_is_a_slip() -> None:
    slip = tally(95)
    slip = Tally(
        **{f: getattr(slip, f) for f in slip.__slots__} | {"posted": at("2026-08-02T09:00")}
    )
    assert known(slip) == {}
    assert "not sure: window" in reasons(slip)[0]


def test_silent_nights() -> None:
    first, last = tally(95), tally(50, day=DAY + dt.timedelta(3), post="2")
    found = reports(first, last, posted=frozenset({DAY + dt.timedelta(1)}))
    assert found.panel().observed_days.tolist() == [2]
    panel = found.panel(silent_nights="zero")
    assert (panel.values.tolist(), panel.observed_days.tolist()) == ([[145.0]], [3])
    assert "Nights without a tally, counted as without drones: 1." in panel.notes
    assert "Days without a tally, not observed: 2026-07 (1)." in panel.notes
    unread = tally(None, day=DAY + dt.timedelta(1), post="3", kind="other", unsure=("text: long",))
    assert reports(first, unread, last).panel(silent_nights="zero").observed_days.tolist() == [2]


def test_a_month_without_a_sure_night_is_a_gap() -> None:
    panel = reports(
        tally(95), tally(exact(70, "at least"), day=dt.date(2026, 8, 9), post="2"),
        tally(50, day=dt.date(2026, 9, 9), post="3"),
    ).panel()  # fmt: skip
    np.testing.assert_array_equal(panel.values, [[95, np.nan, 50]])
    assert panel.observed_days.tolist() == [1, 0, 1]
    assert panel.status("2026-08") == "gap"


def test_options_and_empty_results() -> None:
    found = reports(tally(95))
    with pytest.raises(UnknownOption, match="definition='all'"):
        found.panel(definition="all")
    with pytest.raises(UnknownOption, match="weapons='bombs'"):
        found.frame(weapons="bombs")
    with pytest.raises(BadOption, match="as_of='2026-07-01'"):
        found.panel(as_of=dt.date(2026, 7, 1))
    with pytest.raises(BadTable, match="no day of 1 with a tally has a sure number of drones"):
        reports(tally(None)).panel()


# (day, number of copies, value) of nights: shuffled, their sum is known by construction.
nights = st.lists(
    st.tuples(st.integers(0, 90), st.integers(1, 3), st.integers(0, 900)),
    min_size=1,
    unique_by=lambda night: night[0],
)


@given(nights, st.randoms(use_true_random=False))
def test_months_add_up_whatever_the_order_and_the_copies(
    found: list[tuple[int, int, int]], chance: random.Random
) -> None:
    posts, sums, seen = [], defaultdict(int), defaultdict(int)
    for offset, copies, value in found:
        day = DAY + dt.timedelta(offset)
        sums[f"{day:%Y-%m}"] += value
        seen[f"{day:%Y-%m}"] += 1
        posts += [tally(value, day=day, post=f"{offset}.{copy}") for copy in range(copies)]
    chance.shuffle(posts)
    result = reports(*posts)
    panel = result.panel()
    for month, value, days in zip(
        map(str, panel.months), panel.values[0], panel.observed_days, strict=True
    ):
        assert days == seen.get(month, 0)
        assert np.isnan(value) if not days else value == sums[month]
    lines = result.account().set_index("fate")["posts"]
    assert lines["in"] == len(posts) == lines.drop("in").sum()
    assert lines["used"] == len(found)


def real(row: dict[str, str], number: int) -> Tally:
    """A row of the hand-read figures as a tally."""
    day = dt.date.fromisoformat(row["date"])
    window = tuple(at(row[key]) if row[key] else None for key in ("window_start", "window_end"))
    drones = row["launched_drones"]
    return Tally(
        post=str(number),
        posted=dt.datetime.combine(day, dt.time(9 if row["kind"] == "night" else 20)),
        kind=row["kind"],
        window=window,
        as_of=None,
        figures={"launched_drones": exact(int(drones))} if drones else {},
        launched_missiles={k: exact(v) for k, v in json.loads(row["launched_missiles"]).items()},
        destroyed_missiles={},
        unsure=(),
        checks=(),
    )


@pytest.fixture(scope="module")
def read_by_hand(shared: Path) -> AirForceReports:
    with (shared / "data" / "air_force_reports.csv").open(encoding="utf-8") as file:
        return reports(*(real(row, n) for n, row in enumerate(csv.DictReader(file))))


def test_july_and_august_2026(read_by_hand: AirForceReports) -> None:
    panel = read_by_hand.panel()
    assert panel["drones"]["2026-07":"2026-08"].tolist() == [4861, 4620]
    assert panel.status("2026-07") == panel.status("2026-08") == "complete"
    whole = [str(m) for m in panel.months if panel.status(m) == "complete"]
    assert whole == ["2026-07", "2026-08"]
    both = read_by_hand.panel(definition="nights and days")
    # of the day tallies only four of August are among these figures: 76, 140, 96 and 224
    assert both["drones"]["2026-07":"2026-08"].tolist() == [4861, 4620 + 76 + 140 + 96 + 224]


def test_the_bundled_nights_are_those_of_the_rule(read_by_hand: AirForceReports) -> None:
    bundled, panel = load("drones-launched-nights"), read_by_hand.panel()
    assert bundled["drones"].tolist() == [913, 4861, 4620, 3631]
    assert bundled.observed_days.tolist() == [7, 31, 31, 22]
    months = slice("2026-06", "2026-08")
    assert bundled["drones"][months].tolist() == panel["drones"][months].tolist()
    assert bundled.definition.same_as(panel.definition)
    assert str(bundled.definition) == str(panel.definition)
    assert dict(bundled.definition.parameters) == dict(panel.definition.parameters)


def printed(page: str, width: int) -> dict[str, list[int]]:
    """The rows of months of the tables of a page that have this many columns of numbers."""
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| 2")]
    return {
        row[0]: [int(cell.replace(",", "")) for cell in row[1:]]
        for row in rows
        if len(row) == width + 1 and all(cell.replace(",", "").isdigit() for cell in row[1:])
    }


def test_nights_against_the_attack_level_file(shared: Path, read_by_hand: AirForceReports) -> None:
    """Window by window, and month by month as in the tables of docs/air-force-reports.md."""
    path = shared / "data/raw/massive_missile_attacks/missile_attacks_daily.csv"
    windows = defaultdict(list)
    timed = defaultdict(lambda: [0, 0])  # by month: other windows, day windows
    with path.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["model"] == "Shahed-136/131" and row["launched"]:
                start, end = row["time_start"].strip(), row["time_end"].strip()
                windows[end[:10]].append(float(row["launched"]))
                if len(start) > 10:
                    daily = start[:10] == end[:10] and int(start[11:].partition(":")[0]) >= 5
                    timed[end[:7]][daily] += int(float(row["launched"]))
    nights = count(read_by_hand.tallies, "drones", with_days=False).days
    nights = {day: value for day, value in nights.items() if day <= dt.date(2026, 6, 7)}
    same_day = [day for day, value in nights.items() if sum(windows[str(day)]) == value]
    same_window = [day for day, value in nights.items() if value in windows[str(day)]]
    assert (len(nights), len(same_day), len(same_window)) == (90, 80, 85)
    apart = sorted(set(nights) - set(same_window))
    assert [str(day) for day in apart] == [
        "2022-09-30", "2023-03-24", "2023-11-06", "2024-05-05", "2025-09-07",
    ]  # fmt: skip
    page = (ROOT / "docs/air-force-reports.md").read_text("utf-8")
    months = defaultdict(lambda: [0, 0, 0, 0])
    for day, value in nights.items():
        file = int(sum(windows[str(day)]))
        row = months[f"{day:%Y-%m}"]
        row[:] = [row[0] + 1, row[1] + value, row[2] + file, row[3] + (file == value)]
    assert printed(page, 4) == months
    assert printed(page, 3) == {
        month: [other + daily, daily, other]
        for month, (other, daily) in timed.items()
        if "2025-03" <= month < "2026-06"
    }


hours = st.sampled_from(
    [None, ("18:00", "08:30"), ("18:00", "02:00"), ("02:00", "06:00"), ("06:30", "18:30")]
)
kinds = st.sampled_from(["night", "night", "day", "correction", "regional", "other"])
figures = st.none() | st.integers(0, 9) | st.just(exact(7, "at least"))
unsure = st.sampled_from([(), (), (), ("launched_drones: x",), ("unread: y",), ("hits: z",)])
anything = st.lists(st.tuples(kinds, hours, figures, unsure, st.integers(0, 2)), max_size=12)


@given(anything, st.booleans(), st.randoms(use_true_random=False))
def test_any_mixture_balances_in_any_order(
    found: list[tuple[str, tuple[str, str] | None, int | Figure | None, tuple[str, ...], int]],
    with_days: bool,
    chance: random.Random,
) -> None:
    posts = [
        tally(drones, kind=kind, hours=window, post=str(n), posted=f"{9 + n:02}:00",
              day=DAY + dt.timedelta(day), unsure=doubts or ("text: x",) * (kind == "other"))
        for n, (kind, window, drones, doubts, day) in enumerate(found)
    ]  # fmt: skip
    one = count(posts, "drones", with_days=with_days)
    assert set(one.fates) == set(range(len(posts)))
    used = [post for place, post in enumerate(posts) if not one.fates[place]]
    assert sum(post.amount("drones") or 0 for post in used) == sum(one.days.values())
    assert {post.day for post in used} == set(one.days)
    assert not any(post.kind in ("regional", "other") or post.doubts("drones") for post in used)
    assert not set(one.days) & set(one.unknown)
    if not with_days:
        assert all(post.kind != "day" for post in used)
    chance.shuffle(posts)
    other = count(posts, "drones", with_days=with_days)
    assert (other.days, set(other.unknown)) == (one.days, set(one.unknown))
