"""What is known to be odd about a series: breaks, splices, one-off months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import pandas as pd

from trends.errors import BadOption, UnknownOption, whole
from trends.panel._months import as_month

AnomalyKind: TypeAlias = Literal[
    "method break", "splice", "outage", "double count", "ceasefire", "one-off"
]
Purpose: TypeAlias = Literal["records", "ranks", "streaks", "trends"]


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A span of months of which a reader must know something.

    Parameters
    ----------
    first, last : Period
        The months it is about. A *method break* and a *splice* begin in `first`: the value of
        `first` is the first one under the new definition.
    kind : {'method break', 'splice', 'outage', 'double count', 'ceasefire', 'one-off'}
        Across a method break nothing is comparable; across a splice everything is, and it is said.
    note : str
        One sentence for the reader.
    source : str
        Where this is known from.
    excluded_from : tuple of {'records', 'ranks', 'streaks', 'trends'}
        The findings that leave these months out.

    Examples
    --------
    >>> month = pd.Period("2026-02", "M")
    >>> Anomaly(month, month, "method break", "Claimed areas no longer count.").kind
    'method break'
    """

    first: pd.Period
    last: pd.Period
    kind: AnomalyKind
    note: str
    source: str = ""
    excluded_from: tuple[Purpose, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", as_month(self.first, "Anomaly"))
        object.__setattr__(self, "last", as_month(self.last, "Anomaly"))
        object.__setattr__(self, "note", whole(self.note))
        object.__setattr__(self, "source", whole(self.source))
        if self.kind not in get_args(AnomalyKind):
            raise UnknownOption("Anomaly", kind=self.kind, known=get_args(AnomalyKind))
        for purpose in self.excluded_from:
            if purpose not in get_args(Purpose):
                raise UnknownOption("Anomaly", excluded_from=purpose, known=get_args(Purpose))
        if self.last < self.first:
            raise BadOption("Anomaly", "last", str(self.last), f"at or after {self.first}")
