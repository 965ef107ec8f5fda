"""What the models say of a month: the expected range and the ramp-up, worded by fixed rules."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from trends.errors import TrendsError
from trends.models.baselines import BaselineResults, fit_baseline
from trends.models.rampups import RampupResults, fit_rampup
from trends.panel import Panel
from trends.report._words import Words
from trends.wording import amount, month_words, percent


def expectation(
    panel: Panel, series: str, name: str, month: pd.Period, words: Words
) -> dict[str, Any]:
    """The expected range of a month, and when the latest rise began, as facts and sentences.

    Of a stock the monthly flow is looked at. Nothing after the month is.
    """
    one = panel.select(series).until(month)
    if one.kind == "stock" and one.n_time > 1:
        one = one.flow()
    baseline, rampup = _baseline(one, month), _rampup(one)
    return {
        "expected": _expected_facts(baseline),
        "rampup": _rampup_facts(rampup),
        "sentences": [
            _expected_words(baseline, name, one.unit, month, words),
            *_rampup_words(rampup, one.unit, words),
        ],
        "warnings": [] if rampup is None else list(rampup.warnings),
    }


def _baseline(one: Panel, month: pd.Period) -> BaselineResults | None:
    try:
        return fit_baseline(one, month)
    except TrendsError:  # nothing is known
        return None


def _rampup(one: Panel) -> RampupResults | None:
    try:
        return fit_rampup(one)
    except TrendsError:  # too few months
        return None


def _expected_facts(found: BaselineResults | None) -> dict[str, Any] | None:
    if found is None or found.insufficient:
        return None
    return {
        "value": _known(found.value),
        "expected": found.expected,
        "lower": found.lower,
        "upper": found.upper,
        "coverage": 1 - found.alpha,
        "n_months": found.nobs,
    }


def _expected_words(
    found: BaselineResults | None, name: str, unit: str, month: pd.Period, words: Words
) -> str:
    said = {"name": f"{name[:1].upper()}{name[1:]}", "month": month_words(month)}
    if found is None or found.insufficient:
        return words("expected.insufficient", **said)
    if math.isnan(found.value):
        return words("expected.unknown", **said)
    where = "above" if found.value > found.upper else "within"
    where = "below" if found.value < found.lower else where
    return words(
        f"expected.{where}",
        **said,
        n=found.nobs,
        value=amount(found.value, unit),
        expected=_short(found.expected),
        lower=_short(found.lower),
        upper=_short(found.upper),
    )


def _rampup_facts(found: RampupResults | None) -> dict[str, Any] | None:
    if found is None:
        return None
    onsets = found.onset_interval
    return {
        "kind": found.kind,
        "established": found.established,
        "p_change": _known(found.p_change),
        "p_recent": _known(found.p_recent),
        "onset": None if found.onset is None else str(found.onset),
        "onset_interval": None if onsets is None else [str(month) for month in onsets],
        "outliers": [str(month) for month in found.outliers],
        "segments": [
            {
                "first": str(each.first),
                "last": str(each.last),
                "type": each.type,
                "level": _known(each.level),
                "growth": _known(each.growth),
                "growth_interval": [_known(bound) for bound in each.growth_interval],
                "jump": _known(each.jump),
                "jump_interval": [_known(bound) for bound in each.jump_interval],
            }
            for each in found.segments
        ],
        "scale": "percent and ratios" if found.endog.counts else "units",
    }


def _rampup_words(found: RampupResults | None, unit: str, words: Words) -> list[str]:
    if found is None:
        return [words("expected.too_few")]
    said = []
    rise, onsets = found.rise, found.onset_interval
    if found.established and rise is not None and onsets is not None:
        line = rise.type == "line"
        low, high = rise.growth_interval if line else rise.jump_interval
        size = _growth if line else _jump
        said.append(
            words(
                "expected.ramp" if line else "expected.step",
                onset=_month(found.onset),
                first=_month(onsets[0]),
                last=_month(onsets[1]),
                growth=_growth(rise.growth, found, unit),
                jump=_jump(rise.jump, found, unit, words),
                low=size(low, found, unit, words),
                high=size(high, found, unit, words),
            )
        )
    elif found.established:
        said.append(words("expected.other"))
    else:
        said.append(_unestablished(found, unit, words))
    if found.outliers:
        months = ", ".join(_month(month) for month in found.outliers)
        said.append(words("expected.outlier", months=months))
    return said


def _unestablished(found: RampupResults, unit: str, words: Words) -> str:
    """One line that grows throughout is no change, and is told as the growth that it is."""
    first, last = found.segments[0], found.segments[-1]
    span = {"first": _month(first.first), "last": _month(last.last)}
    low, high = first.growth_interval
    if len(found.segments) == 1 and first.type == "line" and (low > 0 or high < 0):
        return words(
            "expected.steady",
            **span,
            growth=_growth(first.growth, found, unit),
            low=_growth(low, found, unit),
            high=_growth(high, found, unit),
        )
    return words("expected.flat", **span)


def _growth(value: float, found: RampupResults, unit: str, words: Words | None = None) -> str:
    if found.endog.counts:
        return percent(value / 100)
    return _signed(value, unit)


def _jump(value: float, found: RampupResults, unit: str, words: Words) -> str:
    if found.endog.counts:
        return words("expected.times", n=f"{value:,.2g}")
    return words("expected.by", amount=_signed(value, unit))


def _signed(value: float, unit: str) -> str:
    text = amount(float(f"{value:.2g}"), unit)
    return f"+{text}" if value > 0 else text


def _month(at: object) -> str:
    return month_words(at) if isinstance(at, pd.Period) else str(at)


def _short(value: float) -> str:
    """Three significant digits, whole numbers above a hundred."""
    return amount(float(round(value)) if abs(value) >= 99.5 else float(f"{value:.3g}"))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
