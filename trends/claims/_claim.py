"""What all claims share: the words they are about, and the verdict on them."""

from __future__ import annotations

import datetime as dt
import html
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from typing import ClassVar, Literal, Self, TypeAlias, get_args

import pandas as pd

from trends.claims._rounding import Fit, Hedge, Printed
from trends.claims._words import Speech
from trends.errors import BadOption, UnknownOption, spelled
from trends.panel import MonthLike, Panel, PanelLike, as_month, notebook_html
from trends.wording import check_language, language_of, read_words

Outcome: TypeAlias = Literal["true", "depends", "loose", "false", "cannot say"]
Direction: TypeAlias = Literal["high", "low"]

# from the best to the worst, so that a verdict on several facts is the worst of them
OUTCOMES: tuple[Outcome, ...] = ("true", "depends", "loose", "cannot say", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(ABC):
    """A statement about one month of one series.

    Parameters
    ----------
    series : str
        The name of the series in its panel.
    month : Period or str
        The month it is about.
    value : float, int or Decimal, optional
        The figure printed for the month; checked where given.
    value_hedge : {'', 'about', 'almost', 'more than', 'less than'}
        The word before that figure.
    subject, unit : str
        The words for the quantity. `propose` and `check` take them from the panel.
    rarity : float, optional
        How often a month carries so strong a claim if the order of the months is random; `propose`
        sets it, and the newsworthiness rule sorts by it.
    """

    type: ClassVar[str] = "claim"
    # the figures that the sentence prints, and the months that they are of
    figures: ClassVar[tuple[tuple[str, str], ...]] = (("value", "month"),)
    # what is printed beside the statement and is no part of it
    beside: ClassVar[tuple[str, ...]] = ("value", "value_hedge")

    series: str
    month: pd.Period
    value: Printed | None = None
    value_hedge: Hedge = ""
    subject: str = ""
    unit: str = ""
    rarity: float | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        where = type(self).__name__
        for name, read in _READ.items():
            given = getattr(self, name, None)
            if given is not None and given != ():
                object.__setattr__(self, name, read(given, f"{where}.{name}"))
        if self.value_hedge not in get_args(Hedge):
            raise UnknownOption(where, value_hedge=self.value_hedge, known=get_args(Hedge))

    @classmethod
    @abstractmethod
    def propose(cls, panel: Panel, month: MonthLike) -> list[Self]:
        """Find the claims of this type that are true of `month`, from the fast kernels."""

    @abstractmethod
    def check(self, data: PanelLike, *, language: str = "en") -> Verdict:
        """Check the claim with plain pandas, the other way to the same truth.

        Parameters
        ----------
        data : Panel, Series or DataFrame
            What to check it on.
        language : {'en', 'fr', 'uk'}
            Of the reason and the caveats. What the data say of themselves (the note of a method
            break, the name of a data set) stays as it is.

        Raises
        ------
        UnknownOption
            If nothing is said in that language.
        """

    def _repr_html_(self) -> str:
        return notebook_html([self.sentence()])

    def sentence(self, language: str = "en") -> str:
        """Say the claim, in the words of a language; its templates are in `trends.wording`.

        Raises
        ------
        UnknownOption
            If nothing is said in that language.
        TrendsError
            If the language needs Babel, and Babel is not installed.
        """
        check_language(language, f"{type(self).__name__}.sentence")
        say = Speech(language_of(language))
        subject = say.language.term(self.subject or self.series)
        lead = say.language.lead(subject, self._when(say))
        said = [words for words in (self._value_said(say), self._said(say)) if words]
        return spelled(f"{lead}{say.language.colon} {', '.join(said)}".rstrip() + ".")

    @abstractmethod
    def _said(self, say: Speech) -> str:
        """What is said of the month, after its figure."""

    def named(self, panel: Panel) -> Self:
        """The claim in the words of a panel."""
        return replace(self, subject=subject(panel, self.series), unit=panel.unit)

    def bare(self) -> Self:
        """The claim without the figures printed with it, to be asked of other data."""
        empty = {f.name: f.default for f in fields(self) if f.name in self.beside}
        return replace(self, **empty)  # type: ignore[arg-type]

    def _when(self, say: Speech) -> str:
        return say.language.span(self.month, self.month)

    def _value_said(self, say: Speech) -> str | None:
        return say.figure(self.value, self._shown_unit(), self.value_hedge)

    def _shown_unit(self) -> str:
        # "drones launched: 5,438 drones" says drones twice
        return "" if self.unit and self.unit in (self.subject or self.series) else self.unit


def _day(given: dt.date | str, where: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(given) if isinstance(given, str) else given
        return day.date() if isinstance(day, dt.datetime) else day
    except ValueError as error:
        raise BadOption(where.split(".")[0], where, given, "a day as 2025-05-10") from error


def _months(given: Iterable[MonthLike], where: str) -> tuple[pd.Period, ...]:
    return tuple(as_month(month, where) for month in given)


def _spans(
    given: Iterable[tuple[MonthLike, MonthLike]], where: str
) -> tuple[tuple[pd.Period, pd.Period], ...]:
    spans = tuple((as_month(first, where), as_month(last, where)) for first, last in given)
    for first, last in spans:
        if last < first:
            raise BadOption(where.split(".")[0], where, f"{first} to {last}", "a span of months")
    return spans


_READ: dict[str, Callable[..., object]] = {
    **dict.fromkeys(
        ("month", "base", "since", "start", "end", "previous", "first", "first_since"), as_month
    ),
    **dict.fromkeys(("day", "first_day", "last_day", "since_day"), _day),
    "ahead": _months,
    **dict.fromkeys(("excluding", "bases"), _spans),
}


def subject(panel: Panel, series: str) -> str:
    """What a series measures, in words."""
    if not panel.quantity:
        return series
    return panel.quantity if panel.n_series == 1 else f"{panel.quantity}, {series}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `check` found.

    Parameters
    ----------
    claim : Claim
        The claim that was checked, in the words of the panel.
    outcome : {'true', 'depends', 'loose', 'false', 'cannot say'}
        *depends*: true under this definition and not under another that was given; *loose*: a
        stricter reading fails and a usual looser one holds.
    reason : str
        One sentence with the numbers it rests on.
    numbers : dict of str to float
        Those numbers, by month.
    corrected : Claim or None
        What would be true instead, where the claim is not.
    caveats : tuple of str
        What a reader must know besides.
    definition : str
        The definition of the numbers.
    as_of : date or None
        The day on which they were known.
    language : str
        The language of the reason and the caveats.
    """

    claim: Claim
    outcome: Outcome
    reason: str
    numbers: dict[str, float] = field(default_factory=dict)
    corrected: Claim | None = None
    caveats: tuple[str, ...] = ()
    definition: str = ""
    as_of: dt.date | None = None
    language: str = "en"

    def __str__(self) -> str:
        words = read_words(self.language)
        outcome = words(f"outcomes.{self.outcome}").upper()
        lines = [words("reasons.told.verdict", outcome=outcome, reason=self.reason)]
        if self.corrected is not None:
            sentence = self.corrected.sentence(self.language)
            lines.append(words("reasons.told.corrected", sentence=sentence))
        lines += [words("reasons.told.note", line=caveat) for caveat in self.caveats]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head, *rest = (html.escape(line) for line in str(self).splitlines())
        said = f"<p><strong>{head}</strong></p>" + "".join(f"<p>{line}</p>" for line in rest)
        return notebook_html(table=said)


def worst(*outcomes: Outcome | Fit) -> Outcome:
    """The worst of several outcomes; a number that is true but says too little is true."""
    plain: list[Outcome] = [
        "true" if outcome in ("understated", "overstated") else outcome  # type: ignore[misc]
        for outcome in outcomes
    ]
    return max(plain, key=OUTCOMES.index)
