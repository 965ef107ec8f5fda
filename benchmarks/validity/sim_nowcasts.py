"""Coverage and width of `fit_nowcast` against one who knows the model, and chances of a record.

Run as a script with the folder of the real daily files, it writes the back-test into the docs:
``python benchmarks/validity/sim_nowcasts.py ../shared/data/raw``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import series
from promises import Row

from trends.loaders import load_launches_daily
from trends.models.nowcasts import NowcastResults, fit_nowcast
from trends.panel import Panel
from trends.prospects import nowcast

REPLICATES = 2000
METHOD = "fit_nowcast"
ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT.parent / "shared" / "data" / "raw"  # real daily files
PAGE = ROOT / "docs" / "methods" / "nowcasts.md"
LAUNCHES = "massive_missile_attacks/missile_attacks_daily.csv"
AREAS = "economist_isw_area/area_assessed_as_controlled_by_russia.csv"
BEGIN, END = "<!-- nowcasts:begin -->", "<!-- nowcasts:end -->"
AGES = (7, 14, 21, 28)
COVERAGE = (0.87, 0.93)
WIDTH = 1 / 1.10  # the width of one who knows the model, as a share of ours
DAYS = pd.period_range("2024-01-01", "2025-06-30", freq="D")
MONTH = pd.Period("2025-06", "M")
FIRST = int(DAYS.get_loc(pd.Period("2025-06-01", "D")))
WEEKDAYS = DAYS.day_of_week.to_numpy()
EARLIER = DAYS.asfreq("M").asi8 - DAYS.asfreq("M").asi8[0]
DRAWN = 2000  # by the one who knows the model


@dataclass(frozen=True)
class World:
    """Made-up days, and what made them."""

    counts: series.Floats  # (n, days)
    factors: series.Floats  # (n, 7)
    drift: series.Floats  # (n,), sd of the log rate's step
    size: series.Floats  # (n,)

    @classmethod
    def of(cls, rng: series.Rng, n: int, *, memory: float = 0.0, low: bool = False) -> World:
        """Negative binomial days: a weekly pattern, a rate that is a random walk."""
        factors = np.exp(0.25 * rng.standard_normal((n, 7)))
        factors /= factors.mean(axis=1, keepdims=True)
        drift = rng.choice([0.01, 0.02, 0.04], n)
        size = rng.choice([1.0, 2.0, 5.0, 10.0], n)
        start = rng.uniform(np.log(0.2), np.log(2), n) if low else rng.uniform(1.5, 5, n)
        steps = drift[:, None] * rng.standard_normal((n, len(DAYS)))
        rate = start[:, None] + np.cumsum(steps, axis=1)
        if memory:
            rate = rate + 0.4 * series.ar1(rng, rate.shape, memory)
        mean = np.exp(rate) * factors[:, WEEKDAYS]
        counts = rng.poisson(mean * rng.gamma(size[:, None], 1 / size[:, None], mean.shape))
        return cls(counts.astype(np.float64), factors, drift, size)

    @property
    def totals(self) -> series.Floats:
        """Of the month."""
        return np.asarray(self.counts[:, FIRST:].sum(axis=1))

    @property
    def records(self) -> series.Floats:
        """The highest of the months before."""
        months = [self.counts[:, e == EARLIER].sum(axis=1) for e in range(int(EARLIER[-1]))]
        return np.max(months, axis=0)

    def fit(self, i: int, k: int, seed: int) -> NowcastResults:
        """Nowcast one of them."""
        cut = slice(FIRST + k)
        return fit_nowcast(pd.Series(self.counts[i, cut], DAYS[cut]), MONTH, seed=seed)

    def known(self, k: int, rng: series.Rng) -> series.Floats:
        """Widths of 90% intervals of one who knows weekdays, drift and dispersion, not the rate."""
        level, spread = self._filtered(FIRST + k)
        factors = self.factors[:, WEEKDAYS[FIRST + k :]]
        widths = np.empty(len(level))
        for i in range(len(level)):
            steps = self.drift[i] * rng.standard_normal((DRAWN, factors.shape[1]))
            now = level[i] + np.sqrt(spread[i]) * rng.standard_normal((DRAWN, 1))
            mean = np.exp(now + np.cumsum(steps, axis=1)) * factors[i]
            noise = rng.gamma(self.size[i], 1 / self.size[i], mean.shape)
            low, high = np.quantile(rng.poisson((mean * noise).sum(axis=1)), [0.05, 0.95])
            widths[i] = high - low
        return widths

    def _filtered(self, n: int) -> tuple[series.Floats, series.Floats]:
        """Mean and variance of the log rate after n days: Laplace's updates, all rows at once."""
        level = np.log(self.counts[:, :28].mean(axis=1) + 0.1)
        spread, size = np.full(len(level), 4.0), self.size
        for t in range(n):
            spread = spread + self.drift**2
            shift = np.log(self.factors[:, WEEKDAYS[t]])
            prior, y = level + shift, self.counts[:, t]
            x = prior.copy()
            for _ in range(12):
                p = 1 / (1 + size * np.exp(-x))
                bend = (y + size) * p * (1 - p) + 1 / spread
                x += np.clip((y - (y + size) * p - (x - prior) / spread) / bend, -2, 2)
            p = 1 / (1 + size * np.exp(-x))
            spread = 1 / ((y + size) * p * (1 - p) + 1 / spread)
            level = x - shift
        return level, spread


def rows(scale: float = 1.0) -> list[Row]:
    """All rows; `scale` multiplies the replicates."""
    n = max(40, round(REPLICATES * scale))
    half = n // 2
    made_up = _known_model(n) + _records(n) + _outside(half) + _amounts(half) + _panels(half)
    return made_up + (real_rows(RAW) if RAW.exists() else [])


def _known_model(n: int) -> list[Row]:
    rng = np.random.default_rng(20260607)
    world = World.of(rng, n)
    record = world.records
    out = []
    for k in AGES:
        fits = [world.fit(i, k, i) for i in range(n)]
        out.append(_covered("NB, weekdays, drifting level", fits, world.totals, k, COVERAGE))
        widths = np.array([np.subtract(*fit.conf_int()[::-1]) for fit in fits])
        share = float(np.median(world.known(k, rng)) / np.median(widths))
        what = f"the same, day {k}: median width of one who knows the model, as a share of ours"
        out.append(Row(METHOD, what, min(share, 1.0), n, WIDTH, 1.0))
        chances = np.array([fit.chance(above=most) for fit, most in zip(fits, record, strict=True)])
        out += _skill(chances, world.totals > record, k)
    return out


def _records(n: int) -> list[Row]:
    """Chances of a record where the past leaves it open: else nearly all are near 0."""
    rng = np.random.default_rng(20260611)
    told, happened = [], []
    while sum(map(len, happened)) < 3 * n:
        world = World.of(rng, n)
        record = world.records
        # the four weeks before, as a month: chosen by the past alone, so the chances still hold
        level = world.counts[:, FIRST - 28 : FIRST].mean(axis=1) * MONTH.days_in_month
        for i in np.flatnonzero((level > 0.85 * record) & (level < 1.5 * record)):
            for k in (7, 14, 21):
                told.append(world.fit(i, k, i).chance(above=record[i]))
            happened.append(np.repeat(world.totals[i] > record[i], 3))
    return _calibrated(np.array(told), np.concatenate(happened))


def _skill(chances: series.Floats, happened: series.Floats, k: int) -> list[Row]:
    score = np.mean((chances - happened) ** 2)
    skill = 1 - score / np.var(happened)
    low = {7: 0.01, 21: 0.5}.get(k)  # a skill of 0 must not pass
    high = None if low is None else 1.0
    what = f"record by month's end, day {k}: Brier skill against the share of records"
    return [Row(METHOD, what, float(max(skill, 0.0)), len(chances), low, high)]


def _calibrated(chances: series.Floats, happened: series.Floats) -> list[Row]:
    out = []
    for i in range(10):
        inside = (chances >= i / 10) & ((chances < (i + 1) / 10) | (i == 9))
        if inside.sum() < 10:
            continue
        mean = float(chances[inside].mean())
        what = f"record by month's end, told {mean:.3f} on average (bin {i + 1} of 10): set one"
        low, high = max(mean - 0.05, 0.0), min(mean + 0.05, 1.0)
        out.append(Row(METHOD, what, float(happened[inside].mean()), int(inside.sum()), low, high))
    return out


def _outside(n: int) -> list[Row]:
    """What the model leaves out, or hardly sees."""
    rng = np.random.default_rng(20260608)
    cases = (
        ("NB, and AR(1) .5 of the daily log rate, sd .4", World.of(rng, n, memory=0.5)),
        ("NB, and AR(1) .9 of the daily log rate, sd .4", World.of(rng, n, memory=0.9)),
        ("NB of 0.2 to 2 a day", World.of(rng, n, low=True)),
    )
    out = []
    for words, world in cases:
        for k in (7, 21):
            fits = [world.fit(i, k, i) for i in range(n)]
            out.append(_covered(words, fits, world.totals, k, None))
    return out


def _amounts(n: int) -> list[Row]:
    """Daily amounts of any sign."""
    rng = np.random.default_rng(20260609)
    out = []
    for words, heavy in (("normal", False), ("Student's, 3 degrees", True)):
        shape = (n, len(DAYS))
        noise = rng.standard_t(3, shape) if heavy else rng.standard_normal(shape)
        values = 5 + np.cumsum(0.05 * rng.standard_normal(shape), axis=1) + 4 * noise
        totals = values[:, FIRST:].sum(axis=1)
        for k in (7, 21):
            cut = slice(FIRST + k)
            fits = [
                fit_nowcast(pd.Series(row[cut], DAYS[cut]), MONTH, seed=i)
                for i, row in enumerate(values)
            ]
            out.append(_covered(f"{words} days, drifting level", fits, totals, k, None))
    return out


def _panels(n: int) -> list[Row]:
    """Months alone, of the same made-up days; and amounts."""
    rng = np.random.default_rng(20260610)
    months = pd.period_range(end=MONTH, periods=30, freq="M")
    days = months.days_in_month.to_numpy()
    out = []
    for signed in (False, True):
        for k in (7, 21):
            fits, totals = [], np.empty(n)
            for i in range(n):
                daily = _daily(rng, int(days.sum()), signed)
                sums = np.add.reduceat(daily, np.concatenate([[0], np.cumsum(days)[:-1]]))
                totals[i] = sums[-1]
                sums[-1] = daily[-30 : k - 30].sum()
                seen = np.array([*days[:-1], k])
                panel = Panel(sums[None, :], months, ["x"], observed_days=seen)
                fits.append(fit_nowcast(panel, MONTH, seed=i))
            words = "a panel of 30 months, " + ("normal amounts" if signed else "NB counts")
            out.append(_covered(words, fits, totals, k, None))
    return out


def _daily(rng: series.Rng, n: int, signed: bool) -> series.Floats:
    steps = rng.standard_normal(n)
    if signed:
        return 5 + np.cumsum(0.05 * steps) + 8 * rng.standard_normal(n)
    return series.negative_binomial(rng, np.exp(3 + np.cumsum(0.02 * steps)), 2.0)


def _covered(
    words: str,
    fits: list[NowcastResults],
    totals: series.Floats,
    k: int,
    target: tuple[float, float] | None,
) -> Row:
    bounds = np.array([fit.conf_int() for fit in fits])
    inside = (bounds[:, 0] <= totals) & (totals <= bounds[:, 1])
    low, high = target or (None, None)
    what = f"{words}, day {k}: 90% interval covers"
    return Row(METHOD, what, float(inside.mean()), len(fits), low, high)


# --- real days --------------------------------------------------------------------------------


def real_days(raw: Path) -> dict[str, tuple[pd.Series[float], str, str]]:
    """Daily series, and the first and the last month that are nowcast."""
    found = {}
    for weapons in ("drones", "missiles"):
        days = load_launches_daily(raw / LAUNCHES, weapons=weapons, definition="all")["value"]
        found[f"{weapons} launched"] = (days, "2023-01", "2026-05")
    areas = pd.read_csv(raw / AREAS, parse_dates=["date"]).drop_duplicates("date")
    stock = areas.set_index("date")["area_assessed_as_russia_controlled"] / 1e6
    found["net km2"] = (stock.diff().loc["2022-03-01":"2026-07-31"], "2022-07", "2026-07")
    return found


def back_test(days: pd.Series[float], first: str, last: str) -> pd.DataFrame:
    """Each month at each age, with the days until then; and what it came to."""
    rows = []
    by_day = days.copy()
    by_day.index = pd.PeriodIndex(by_day.index, freq="D")
    for month in pd.period_range(first, last, freq="M"):
        total = float(by_day[by_day.index.asfreq("M") == month].sum())
        for k in AGES:
            if k == month.days_in_month:
                continue
            end = pd.Period(month.start_time, "D") + k - 1
            fit = fit_nowcast(by_day[:end], month)
            before = float(fit.like_for_like["total"].iloc[-1])
            scaled = fit.observed / k * month.days_in_month
            rows.append(
                (
                    month,
                    k,
                    total,
                    fit.point,
                    *fit.conf_int(),
                    scaled,
                    before,
                    fit.chance(above=before),
                )
            )
    columns = ["month", "day", "total", "point", "low", "high", "scaled", "before", "above_before"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(inside=(frame["low"] <= frame["total"]) & (frame["total"] <= frame["high"]))


def real_rows(raw: Path) -> list[Row]:
    """The back-test on real days."""
    out = []
    for name, (days, first, last) in real_days(raw).items():
        frame = back_test(days, first, last)
        target = (None, None) if name.startswith("missiles") else (0.85, 0.95)
        what = f"real daily {name}, {first} to {last}, days 7 to 28: 90% interval covers"
        out.append(Row(METHOD, what, float(frame["inside"].mean()), len(frame), *target))
    return out


def report(raw: Path) -> str:
    """The tables of the docs."""
    lines = [
        "| series | day | months | 90% interval covers | ended below / above | "
        "median width / point | median error of the point | of scaling up | "
        "Brier skill, above the month before |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for name, (days, first, last) in real_days(raw).items():
        frame = back_test(days, first, last)
        for k, part in [*frame.groupby("day"), ("all", frame)]:
            lines.append(f"| {name}, {first} to {last} | {k} | {_told(part)} |")
    return "\n".join(lines) + "\n\n" + _october(raw)


def _told(part: pd.DataFrame) -> str:
    below, above = (part["total"] < part["low"]).sum(), (part["total"] > part["high"]).sum()
    size = part["total"].abs().clip(lower=1)
    width = ((part["high"] - part["low"]) / part["point"].abs().clip(lower=1)).median()
    error = ((part["point"] - part["total"]).abs() / size).median()
    naive = ((part["scaled"] - part["total"]).abs() / size).median()
    rose = part["total"] > part["before"]
    skill = 1 - ((part["above_before"] - rose) ** 2).mean() / rose.astype(float).var(ddof=0)
    return (
        f"{len(part)} | {part['inside'].mean():.2f} | {below} / {above} | {width:.2f} | "
        f"{error:.0%} | {naive:.0%} | {skill:.2f}"
    )


def _october(raw: Path) -> str:
    """October 2024, day by day, on the daily areas; and AFP's figure of the 27th carried on."""
    days, _, _ = real_days(raw)["net km2"]
    month = pd.Period("2024-10", "M")
    lines = [
        "| known until | so far | on pace for | 90% interval | "
        "chance: highest since June 2022 or longer |",
        "| --- | --: | --: | --: | --: |",
    ]
    for day in (7, 14, 18, 21, 24, 25, 26, 27, 28, 29, 30):
        found = nowcast(days, month, as_of=f"2024-10-{day:02d}")
        low, high = found.conf_int()
        most = found.panel["area_assessed_as_russia_controlled"].loc["2022-07":"2024-09"].max()
        lines.append(
            f"| {day} October 2024 | {found.fit.observed:.0f} | {found.point:.0f} | "
            f"{low:.0f} to {high:.0f} | {found.fit.chance(above=most):.3f} |"
        )
        if day == 27:
            carried = 478 + found.draws - found.fit.observed
    low, high = np.quantile(carried, [0.05, 0.95])
    total = days.loc["2024-10"].sum()
    return "\n".join(lines) + (
        f"\n\nThe month came to {total:.0f} km2 in this source. AFP's 478 km2 of the 27th, carried "
        "on by what these daily areas foretold of the last four days: "
        f"{np.median(carried):.0f} km2, "
        f"90% interval {low:.0f} to {high:.0f}; the chance to pass the 477 of August: "
        f"{np.mean(carried > 477):.3f}. AFP's month came to 610."
    )


def main() -> None:
    """Write the back-test into the docs."""
    raw = Path(sys.argv[1]) if len(sys.argv) > 1 else RAW
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{report(raw)}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
