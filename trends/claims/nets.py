"""What was taken, what was lost, and the net of both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np

from trends.claims._case import Case, as_flow, fits_printed
from trends.claims._claim import Claim, Outcome, Verdict, worst
from trends.claims._rounding import Fit, Printed, half_unit
from trends.claims._words import Speech
from trends.errors import BadOption
from trends.panel import MonthLike, Panel, PanelLike


@dataclass(frozen=True, slots=True, kw_only=True)
class Net(Claim):
    """The value is what was gained less what was lost.

    Parameters
    ----------
    value : float, int or Decimal, optional
        The net printed.
    gained, lost : float, int or Decimal, optional
        The gross gain and the loss printed. They are checked against the series that `gained_from`
        and `lost_from` name, where the panel has them.
    gained_from, lost_from : str
        The names of those series.

    Examples
    --------
    >>> import pandas as pd
    >>> km2 = pd.Series([588.0, 634], pd.period_range("2025-06", periods=2, freq="M"))
    >>> print(Net(series="value", month="2025-07", gained=713, lost=79, value=634).check(km2))
    TRUE: The net is 634 in July 2025; 713 less 79, which leaves 634, is 634.
    Note: What was gained and lost is not in these data; only the net was checked.
    """

    type: ClassVar[str] = "net"
    beside: ClassVar[tuple[str, ...]] = ()

    gained: Printed | None = None
    lost: Printed | None = None
    gained_from: str = "gained"
    lost_from: str = "lost"

    def __post_init__(self) -> None:
        Claim.__post_init__(self)
        if self.value is None and self.gained is None and self.lost is None:
            raise BadOption("Net", "value", None, "a figure of the net, the gain or the loss")

    @classmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """Nothing: no series tells what was gained and what was lost."""
        panel.position(month)
        return []

    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas."""
        case = Case.of(self, as_flow(data), language)
        if stop := case.unknown():
            return stop
        net = case.value
        facts = [case.say("net.is", value=case.amount(net), month=self.month)]
        fits: list[Outcome | Fit] = ["true"]
        parts = {"gained": case.other(self.gained_from), "lost": case.other(self.lost_from)}
        unseen = []
        for name, true in parts.items():
            printed = getattr(self, name)
            if printed is None:
                continue
            if np.isnan(true):
                unseen.append(name)
                continue
            fits.append(fits_printed(true, printed))
            if fits[-1] != "true":
                value, said = case.amount(true), case.figure(printed)
                facts.append(case.say(f"net.{name}", value=value, said=said))
        if self.gained is not None and self.lost is not None:
            fits.append(self._consistent(net))
            facts.append(
                case.say(
                    "net.sum" if fits[-1] == "true" else "net.not_sum",
                    gained=case.figure(self.gained),
                    lost=case.figure(self.lost),
                    left=case.amount(float(self.gained) - float(self.lost), ""),
                    total=case.figure(net if self.value is None else self.value),
                )
            )
        reason = case.joined(*facts)
        if unseen and self.value is None and None in (self.gained, self.lost):
            unknown = case.say(f"net.unknown_{unseen[0]}", net=reason)
            return case.verdict("cannot say", unknown)
        which = f"_{unseen[0]}" if len(unseen) == 1 else ""
        return case.verdict(
            worst(*fits),
            reason,
            caveats=(case.say(f"caveats.unseen{which}"),) if unseen else (),
            corrected=replace(
                case.claim,
                value=net,
                **{name: None if np.isnan(v) else v for name, v in parts.items()},  # type: ignore[arg-type]
            ),
        )

    def _consistent(self, net: float) -> Outcome:
        """Whether what was gained less what was lost is the net, within the digits printed."""
        assert self.gained is not None  # check saw to it
        assert self.lost is not None
        total = net if self.value is None else float(self.value)
        slack = half_unit(self.gained) + half_unit(self.lost)
        if self.value is not None and not self.value_hedge:
            slack += half_unit(self.value)
        gap = abs(float(self.gained) - float(self.lost) - total)
        if gap <= slack * (1 + 1e-9):
            return "true"
        return "loose" if gap <= 0.05 * abs(total) else "false"

    def _said(self, say: Speech) -> str:
        gained, lost = say.figure(self.gained), say.figure(self.lost)
        return say("net.parts", gained=gained, lost=lost, both="" if gained and lost else None)
