"""Paces against a nowcast of which every draw is known."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from claims.short_rows import NAN, about, odd, panel

from trends.claims import Pace, paces
from trends.claims.paces import _by_chance, _rounded
from trends.errors import BadOption, UnknownOption

HALF = {"observed_days": [28, 31, 30, 31, 15], "unit": "drones"}


@dataclass
class Draws:
    """A thousand draws, 1 to 1000, each as likely as the others."""

    point: float = 500.5
    low: float = 50.5
    high: float = 950.5
    level: float = 0.9
    insufficient: bool = False

    def conf_int(self) -> tuple[float, float]:
        return self.low, self.high

    def chance(self, *, above: float | None = None, up_to: float | None = None) -> float:
        if above is not None:
            return sum(draw > above for draw in range(1, 1001)) / 1000
        return sum(draw <= up_to for draw in range(1, 1001)) / 1000


@pytest.fixture
def drawn(monkeypatch):
    def put(found: Draws) -> None:
        monkeypatch.setattr(paces, "fit_nowcast", lambda *_, **__: found)

    put(Draws())
    return put


@pytest.mark.parametrize(
    ("facts", "outcome", "told"),
    [
        ({"value": 500}, "true", "500 lies within the 90% interval, 50 to 950 drones"),
        ({"value": 51}, "true", "51 lies within"),
        ({"value": 50}, "true", "50 lies within"),  # as the end would be printed
        ({"value": 49}, "false", "49 lies outside the 90% interval, 50 to 950 drones"),
        ({"value": 951}, "true", "951 lies within"),
        ({"value": 952}, "false", "952 lies outside"),
        ({"value": 1000, "value_hedge": "about"}, "true", "about 1,000 lies within"),
        ({"value": 1001, "value_hedge": "about"}, "false", "about 1,001 lies outside"),
        ({"value": 1000, "value_hedge": "almost"}, "true", "almost 1,000 lies within"),
        ({"value": 500, "value_hedge": "more than"}, "true", "more than 500 drones is 50%"),
        ({"value": 501, "value_hedge": "more than"}, "loose", "is 50%"),
        ({"value": 949, "value_hedge": "more than"}, "loose", "is 5.1%"),
        ({"value": 950, "value_hedge": "more than"}, "false", "is 5%"),
        ({"value": 500, "value_hedge": "less than"}, "true", "less than 500 drones is 50%"),
        ({"value": 499, "value_hedge": "less than"}, "loose", "is 50%"),
        ({"value": 50, "value_hedge": "less than"}, "false", "is 5%"),
        ({"value": 995, "value_hedge": "more than"}, "false", "is 0.5%"),
        ({"value": 996, "value_hedge": "more than"}, "false", "is below 1%"),
        ({"value": 5, "value_hedge": "more than"}, "true", "is over 99%"),
        ({"value": 6, "value_hedge": "more than"}, "true", "is 99%"),
        ({"base": "2025-05"}, "true", "ends above May 2025, with 500 drones, is 50%"),
        ({"base": "2025-05", "op": "below"}, "loose", "below May 2025, with 500 drones, is 50%"),
        ({"base": "2025-04"}, "true", "ends above April 2025, with 499 drones, is 50%"),
        ({"base": "2025-04", "op": "below"}, "loose", "is 50%"),
        ({"base": "2025-03", "op": "below"}, "true", "below March 2025, with 501 drones, is 50%"),
        ({"base": "2025-03"}, "loose", "is 50%"),
        ({"base": "2025-02"}, "false", "with 2,000 drones, is below 1%"),
        ({"value": 500, "base": "2025-02"}, "false", "500 lies within"),
        ({"value": 500, "base": "2025-03"}, "loose", "500 lies within"),
    ],
)  # fmt: skip
def test_in_the_interval_or_by_the_chance(drawn, facts, outcome, told):
    data = panel(2000, 501, 499, 500, 240, **HALF)
    verdict = about(Pace, **facts).check(data)
    assert verdict.outcome == outcome
    assert told in verdict.reason
    assert verdict.reason.startswith(
        "240 drones on 15 of the 30 days of June 2025 put it on pace for about 500 drones; "
    )
    assert verdict.caveats[0].startswith("Its 90% interval is 50 to 950 drones, from whole months")
    if outcome == "true":
        assert verdict.corrected is None
    else:
        assert verdict.corrected.check(data).outcome == "true"
        assert (verdict.corrected.value is None) == ("value" not in facts)


def test_what_would_be_true_instead(drawn):
    data = panel(2000, 501, 499, 500, 240, **HALF)
    verdict = about(Pace, value=2000, base="2025-02").check(data)
    assert verdict.corrected == about(
        Pace, value=500, base="2025-02", op="below", subject="x", unit="drones"
    )
    drawn(Draws(point=3.14, low=1.04, high=9.96))
    small = about(Pace, value=2000).check(data)
    assert small.corrected.value == 3.1
    assert "1 to 10 drones" in small.caveats[0]


def test_a_month_that_cannot_be_judged(drawn):
    data = panel(2000, 501, 499, 500, 240, **HALF)
    drawn(Draws(insufficient=True))
    verdict = about(Pace, value=480).check(data)
    assert verdict.outcome == "cannot say"
    assert "scaled up by days alone, give 480 drones; earlier months are too few" in verdict.reason
    assert verdict.caveats == ("A month need not go on as it began; this has no interval.",)


@pytest.mark.parametrize(
    ("data", "base", "told"),
    [
        (panel(5, 6), None, "June 2025 is over, with 6; its first days are not known apart."),
        (panel(5, 6, kind="stock", observed_days=[31, 9]), None, "Only amounts a month grow"),
        (panel(5, 6, kind="rate", observed_days=[31, 9]), None, "Only amounts a month grow"),
        (panel(5, 6, observed_days=[31, 9]), "2025-04", "The data do not reach April 2025."),
        (panel(5, 6, observed_days=[31, 9]), "2025-07", "The data do not reach July 2025."),
        (panel(5, 6, observed_days=[9, 9]), "2025-05", "May 2025 is not complete: 9 of 31 days"),
        (
            panel(5, NAN, 6, observed_days=[30, 0, 9]), "2025-05",
            "The value of May 2025 is not known.",
        ),
        (
            panel(5, 6, observed_days=[31, 9], anomalies=[odd("method break", "2025-06")]),
            "2025-05", "A method break in June 2025 lies between the months compared: A note.",
        ),
        (
            panel(5, 6, 7, last="2025-07", observed_days=[31, 9, 31],
                  anomalies=[odd("method break", "2025-07")]),
            "2025-07", "A method break in July 2025 lies between the months compared: A note.",
        ),
        (panel(5, NAN, observed_days=[31, 0]), None, "The value of June 2025 is not known."),
    ],
)  # fmt: skip
def test_a_month_that_has_no_pace(drawn, data, base, told):
    verdict = about(Pace, value=480, base=base).check(data)
    assert verdict.outcome == "cannot say"
    assert verdict.reason.startswith(told)


@pytest.mark.parametrize("base", ["2025-02", "2025-05"])
def test_a_break_at_or_before_the_base_parts_nothing(drawn, base):
    data = panel(2000, 501, 499, 500, 240, **HALF, anomalies=[odd("method break", "2025-02")])
    assert about(Pace, base=base, op="below").check(data).outcome != "cannot say"


@pytest.mark.parametrize(
    ("chance", "outcome"),
    [(1, "true"), (0.5, "true"), (0.499, "loose"), (0.051, "loose"), (0.05, "false"), (0, "false")],
)
def test_the_chance_decides(chance, outcome):
    assert _by_chance(chance) == outcome


@pytest.mark.parametrize(
    ("value", "shown"), [(3.14159, 3.1), (9.96, 10.0), (10.4, 10), (-12.6, -13), (-9.94, -9.9)]
)
def test_an_end_of_a_month_is_told_in_few_digits(value, shown):
    assert _rounded(value) == shown


def test_paces_that_make_no_claim():
    with pytest.raises(BadOption, match="value"):
        about(Pace)
    with pytest.raises(UnknownOption, match="beyond"):
        about(Pace, value=3, op="beyond")
