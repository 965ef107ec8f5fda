"""Check a set of published claims again, on the data of today."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from trends.checks._checking import Check, check
from trends.checks._choosing import DataLike
from trends.claims import CLAIM_TYPES, OUTCOMES, Claim
from trends.errors import BadTable, UnreadableFile
from trends.vintages import Store

HOW = (
    'Write a list such as [{"sentence": "...", "month": "2025-06", "outcome": "true"}, '
    '{"claim": {"type": "streak", "series": "territory_km2", "month": "2025-06", "length": 3}}].'
)


@dataclass(frozen=True, slots=True, eq=False)
class Verification:
    """What `verify` found.

    Parameters
    ----------
    checks : tuple of Check
        One an entry.
    expected : tuple of str
        The outcome that each had; 'true' where the entry names none.
    labels : tuple of str
        What each entry is called.
    """

    checks: tuple[Check, ...]
    expected: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every claim has the outcome that it had."""
        return all(check.outcome == was for check, was in self._pairs())

    def frame(self) -> pd.DataFrame:
        """One row an entry: ``label, expected, outcome, holds, reason``."""
        rows = [
            (label, was, each.outcome, each.outcome == was, _reason(each))
            for label, (each, was) in zip(self.labels, self._pairs(), strict=True)
        ]
        return pd.DataFrame(rows, columns=["label", "expected", "outcome", "holds", "reason"])

    def diff(self) -> str:
        """What is not as it was, in two lines an entry; empty where all holds."""
        lines = []
        for label, (each, was) in zip(self.labels, self._pairs(), strict=True):
            if each.outcome != was:
                lines += [f"- {label}: {was}", f"+ {label}: {each.outcome}. {_reason(each)}"]
        return "\n".join(lines)

    def _pairs(self) -> list[tuple[Check, str]]:
        return list(zip(self.checks, self.expected, strict=True))


def verify(
    claims: str | Path | Sequence[Mapping[str, Any]],
    data: DataLike = None,
    *,
    as_of: dt.date | str | None = None,
    store: Store | str | Path | None = None,
) -> Verification:
    """Check a set of claims again.

    Parameters
    ----------
    claims : path, or sequence of mappings
        A JSON file with a list, or the list. Each entry has a ``sentence`` (and ``month`` or
        ``published``) or a typed ``claim``; it may have ``data``, the name of a data set, an
        ``outcome`` that it is expected to have (by default true) and an ``id``.
    data : optional
        As of `check`, for the entries that name no data.
    as_of, store
        As of `check`.

    Returns
    -------
    Verification

    Raises
    ------
    UnreadableFile, BadTable
        If the file is not JSON, or an entry is not as described.

    Examples
    --------
    >>> km2 = pd.Series([240.0, 379, 507, 588], pd.period_range("2025-03", periods=4, freq="M"))
    >>> entry = {"claim": {"type": "streak", "series": "value", "month": "2025-06", "length": 2}}
    >>> verify([entry], km2).frame()[["expected", "outcome"]]
      expected outcome
    0     true   loose
    """
    name, entries = _entries(claims)
    checks, expected, labels = [], [], []
    for number, entry in enumerate(entries, 1):
        where = f"{name}, entry {number}"
        claim = _claim(entry, where)
        options = {} if isinstance(claim, Claim) else _asked(entry)
        checks.append(check(claim, entry.get("data", data), as_of=as_of, store=store, **options))
        expected.append(_expected(entry, where))
        labels.append(str(entry.get("id") or checks[-1].text))
    return Verification(tuple(checks), tuple(expected), tuple(labels))


def _entries(claims: Any) -> tuple[str, list[Mapping[str, Any]]]:
    if not isinstance(claims, str | Path):
        return "verify", _listed("verify", list(claims))
    path = Path(claims)
    try:
        found = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise UnreadableFile(path, f"it cannot be read ({error.strerror})", HOW) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(path, f"it is not JSON ({error})", HOW) from error
    return str(path), _listed(str(path), found)


def _listed(name: str, found: Any) -> list[Mapping[str, Any]]:
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise BadTable(name, "it holds no list of entries", HOW)
    return found


def _claim(entry: Mapping[str, Any], where: str) -> str | Claim:
    sentence, typed = entry.get("sentence"), entry.get("claim")
    if (sentence is None) == (typed is None):
        raise BadTable(where, "it needs either a sentence or a claim", HOW)
    if sentence is not None:
        return str(sentence)
    return claim_of(typed, where)


def claim_of(typed: Any, where: str) -> Claim:
    """The claim that a mapping with its ``type`` and its fields spells, as JSON holds it."""
    if not isinstance(typed, Mapping) or typed.get("type") not in CLAIM_TYPES:
        found = typed.get("type") if isinstance(typed, Mapping) else typed
        known = ", ".join(CLAIM_TYPES)
        raise BadTable(where, f"{found!r} is no type of claim", f"Take one of {known}.")
    kind = CLAIM_TYPES[typed["type"]]
    fields = {field.name for field in dataclasses.fields(kind)}
    given = {key: _tuples(value) for key, value in typed.items() if key != "type"}
    if extra := sorted(set(given) - fields):
        raise BadTable(where, f"a {kind.type} has no {', '.join(extra)}", "Leave it out.")
    try:
        return kind(**given)
    except TypeError as error:
        raise BadTable(where, f"the claim is not whole ({error})", HOW) from None


def _asked(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for key in ("month", "published") if entry.get(key) is not None}


def _expected(entry: Mapping[str, Any], where: str) -> str:
    outcome = str(entry.get("outcome", "true"))
    if outcome not in OUTCOMES:
        raise BadTable(where, f"{outcome!r} is no outcome", f"Take one of {', '.join(OUTCOMES)}.")
    return outcome


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value


def _reason(check: Check) -> str:
    said = [finding.verdict.reason for finding in check.findings]
    said += [each.why for each in check.unchecked] + [each.why for each in check.unread]
    return " ".join(said)
