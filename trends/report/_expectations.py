"""What the models say of a month: the expected range and the ramp-up, worded by fixed rules."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from trends.errors import TrendsError
from trends.models.baselines import BaselineResults, fit_baseline
from trends.models.rampups import RampupResults, fit_rampup
from trends.panel import Panel
from trends.wording import Saying, Words, amount, month_words, percent


@dataclass(frozen=True, slots=True, eq=False)
class Fits:
    """What models were fitted to the months up to one, of a series; None where they cannot be.

    Of a stock it is the monthly flow.
    """

    one: Panel
    month: pd.Period
    baseline: BaselineResults | None
    rampup: RampupResults | None


def fits_of(panel: Panel, series: str, month: pd.Period) -> Fits:
    """Fit the expected range of a month and its ramp-up. Nothing after the month is looked at."""
    one = panel.select(series).until(month)
    if one.kind == "stock" and one.n_time > 1:
        one = one.flow()
    if one.quantity and panel.n_series == 1:  # what the charts call it
        one = replace(one, names=(one.quantity,))
    return Fits(one, month, _baseline(one, month), _rampup(one))


def expectation(fits: Fits, name: str, words: Words) -> dict[str, Any]:
    """The expected range of a month, and when the latest rise began, as facts and sentences."""
    unit, rampup = fits.one.unit, fits.rampup
    return {
        "expected": _expected_facts(fits.baseline),
        "rampup": _rampup_facts(rampup),
        "sentences": [
            _expected_words(fits.baseline, name, unit, fits.month, words),
            *_rampup_words(rampup, unit, words),
        ],
        "warnings": [] if rampup is None else [_into(line, words) for line in rampup.warnings],
    }


def expected_title(found: BaselineResults, name: str, month: pd.Period, words: Words) -> str:
    """What the chart of the expected range shows."""
    key = "expected.title_unknown" if math.isnan(found.value) else f"expected.title_{_side(found)}"
    return words(key, name=_begun(name), month=month_words(month, words.language))


def rampup_title(found: RampupResults, name: str, words: Words) -> str:
    """What the chart of the ramp-up shows."""
    if not found.established:
        return words("expected.title_flat", name=_begun(name))
    if found.rise is None:
        return words("expected.title_other", name=_begun(name))
    return words("expected.title_ramp", name=_begun(name), onset=_month(found.onset, words))


def _side(found: BaselineResults) -> str:
    if found.value > found.upper:
        return "above"
    return "below" if found.value < found.lower else "within"


def _begun(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _into(line: str, words: Words) -> str:
    """A sentence of a model in the language of the report."""
    return line.into(words.language) if isinstance(line, Saying) else line


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
    said = {"name": _begun(name), "month": month_words(month, words.language)}
    if found is None or found.insufficient:
        return words("expected.insufficient", **said)
    if math.isnan(found.value):
        return words("expected.unknown", **said)
    return words(
        f"expected.{_side(found)}",
        **said,
        n=found.nobs,
        value=amount(found.value, unit, words.language),
        expected=_short(found.expected, words),
        lower=_short(found.lower, words),
        upper=_short(found.upper, words),
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
        size = _growth if line else _bound
        said.append(
            words(
                "expected.ramp" if line else "expected.step",
                onset=_month(found.onset, words),
                span=_span(onsets[0], onsets[1], words),
                growth=_growth(rise.growth, found, unit, words),
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
        months = ", ".join(_month(month, words) for month in found.outliers)
        said.append(words("expected.outlier", months=months))
    return said


def _unestablished(found: RampupResults, unit: str, words: Words) -> str:
    """One line that grows throughout is no change, and is told as the growth that it is."""
    first, last = found.segments[0], found.segments[-1]
    span = {"first": _month(first.first, words), "last": _month(last.last, words)}
    low, high = first.growth_interval
    if len(found.segments) == 1 and first.type == "line" and (low > 0 or high < 0):
        return words(
            "expected.steady",
            **span,
            growth=_growth(first.growth, found, unit, words),
            low=_growth(low, found, unit, words),
            high=_growth(high, found, unit, words),
        )
    return words("expected.flat", **span)


def _growth(value: float, found: RampupResults, unit: str, words: Words) -> str:
    if found.endog.counts:
        return percent(value / 100, language=words.language)
    return _signed(value, unit, words)


def _jump(value: float, found: RampupResults, unit: str, words: Words) -> str:
    key = "times" if found.endog.counts else "by"
    return words(f"expected.{key}", size=_bound(value, found, unit, words))


def _bound(value: float, found: RampupResults, unit: str, words: Words) -> str:
    """How many times, or by how much, in figures alone."""
    if found.endog.counts:
        return amount(float(f"{value:.2g}"), language=words.language)
    return _signed(value, unit, words)


def _signed(value: float, unit: str, words: Words) -> str:
    text = amount(float(f"{value:.2g}"), unit, words.language)
    return f"+{text}" if value > 0 else text


def _month(at: object, words: Words) -> str:
    return month_words(at, words.language) if isinstance(at, pd.Period) else str(at)


def _span(first: object, last: object, words: Words) -> str:
    if first == last:
        return _month(first, words)
    return words("expected.span", first=_month(first, words), last=_month(last, words))


def _short(value: float, words: Words) -> str:
    """Three significant digits, whole numbers above a hundred."""
    short = float(round(value)) if abs(value) >= 99.5 else float(f"{value:.3g}")
    return amount(short, language=words.language)


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
