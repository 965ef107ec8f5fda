"""Check a set of published claims again, on the data of today."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from numbers import Number
from pathlib import Path
from typing import Any

import pandas as pd

from trends.checks._checking import Check, check
from trends.checks._choosing import DataLike
from trends.checks._typed import HOW, claim_of, short
from trends.claims import OUTCOMES, Claim
from trends.errors import BadTable, UnreadableFile
from trends.panel import Shown
from trends.vintages import Store

_KEYS = ("sentence", "claim", "month", "published", "data", "outcome", "id")
_SLIP = 0.9  # how like a key another is that must be a slip: "publisher" is not one


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Verification(Shown):
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
        claim, known, was = _claim(entry, where), _data(entry, data, where), _expected(entry, where)
        options = {} if isinstance(claim, Claim) else _asked(entry, where)
        checks.append(check(claim, known, as_of=as_of, store=store, **options))
        expected.append(was)
        labels.append(_text(entry, "id", where) or checks[-1].text)
    return Verification(tuple(checks), tuple(expected), tuple(labels))


def _entries(claims: Any) -> tuple[str, list[Mapping[str, Any]]]:
    if not isinstance(claims, str | Path):
        return "verify", _listed("verify", list(claims) if isinstance(claims, Iterable) else claims)
    path = Path(claims)
    try:
        if path.exists() and not path.is_file():  # a pipe or a device may have no end
            raise UnreadableFile(path, "it is not a file", HOW)
        text = path.read_text(encoding="utf-8-sig")
        found = json.loads(text, parse_float=Decimal, object_pairs_hook=_each_once)
        json.dumps(found, ensure_ascii=False, default=str).encode()  # no half of a character
    except UnreadableFile:
        raise
    except OSError as error:
        raise UnreadableFile(path, f"it cannot be read ({error.strerror})", HOW) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(path, f"it is not JSON ({error})", HOW) from error
    return str(path), _listed(str(path), found)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    for key, _ in pairs if len(found) < len(pairs) else ():
        if sum(key == other for other, _ in pairs) > 1:
            raise ValueError(f"the key {short(key)} stands twice in one entry")
    return found


def _listed(name: str, found: Any) -> list[Mapping[str, Any]]:
    if not isinstance(found, list) or not found:
        raise BadTable(name, "it holds no list of entries", HOW)
    for number, entry in enumerate(found, 1):
        if not isinstance(entry, Mapping):
            raise BadTable(f"{name}, entry {number}", f"it is {short(entry)}, no entry", HOW)
        for key in map(str, entry):
            alike = get_close_matches(key.casefold(), _KEYS, 1, _SLIP)
            if key not in _KEYS and alike:  # any other is the writer's own
                raise BadTable(
                    f"{name}, entry {number}", f"it has a key {short(key)}", f"Write {alike[0]!r}."
                )
    return found


def _claim(entry: Mapping[str, Any], where: str) -> str | Claim:
    sentence, typed = _text(entry, "sentence", where), entry.get("claim")
    if bool(sentence) == (typed is not None):
        raise BadTable(where, "it needs either a sentence or a claim", HOW)
    return sentence or claim_of(typed, where)


def _data(entry: Mapping[str, Any], data: Any, where: str) -> Any:
    found = entry.get("data")
    if found is None:
        return data
    named = found if isinstance(found, list) and found else [found]
    if any(isinstance(each, Mapping | Number | list) or each is None for each in named):
        raise BadTable(where, f"'data' is {short(found)}, which is not the name of a data set", HOW)
    return found


def _asked(entry: Mapping[str, Any], where: str) -> dict[str, Any]:
    asked = {key: entry[key] for key in ("month", "published") if entry.get(key) is not None}
    for key, value in asked.items():
        if not isinstance(value, str | dt.date | pd.Period):
            raise BadTable(where, f"{key!r} is {short(value)}, which is not text", HOW)
    return asked


def _expected(entry: Mapping[str, Any], where: str) -> str:
    outcome = _text(entry, "outcome", where) or "true"
    if outcome not in OUTCOMES:
        raise BadTable(
            where, f"{short(outcome)} is no outcome", f"Take one of {', '.join(OUTCOMES)}."
        )
    return outcome


def _text(entry: Mapping[str, Any], key: str, where: str) -> str:
    """A text of an entry, empty where there is none; an id may be a number."""
    found = entry.get(key)
    if key == "id" and isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    if found is not None and not isinstance(found, str):
        raise BadTable(where, f"{key!r} is {short(found)}, which is not text", HOW)
    return found or ""


def _reason(check: Check) -> str:
    said = [finding.verdict.reason for finding in check.findings]
    said += [each.why for each in check.unchecked] + [each.why for each in check.unread]
    return " ".join(said)
