"""What claims and verdicts are made of: nothing changes, nothing is mistaken for another thing."""

from __future__ import annotations

import dataclasses
import inspect
import pkgutil
from importlib import import_module

import pytest
from claims.short_rows import example, panel

from trends.claims import CLAIM_TYPES, Claim, Verdict, summed
from trends.claims._case import Case

MODULES = [
    import_module(f"trends.claims.{module.name}")
    for module in pkgutil.iter_modules(import_module("trends.claims").__path__)
]
MADE = sorted(
    {
        found
        for module in MODULES
        for _, found in inspect.getmembers(module, dataclasses.is_dataclass)
        if isinstance(found, type) and found.__module__.startswith("trends.claims")
    },
    key=lambda found: found.__name__,
)
every_name = pytest.mark.parametrize("name", CLAIM_TYPES)


@pytest.mark.parametrize("made", MADE, ids=lambda made: made.__name__)
def test_nothing_changes(made):
    assert {"Case", "First", "Run", "Speech", "Verdict", "Window"} <= {m.__name__ for m in MADE}
    assert made.__dataclass_params__.frozen
    assert "__slots__" in vars(made)  # so that a misspelt name is an error and no new fact


@every_name
def test_facts_are_given_by_their_names(name):
    with pytest.raises(TypeError, match="positional"):
        CLAIM_TYPES[name]("x", "2025-06")
    assert all(field.kw_only for field in dataclasses.fields(CLAIM_TYPES[name]))


@every_name
def test_the_language_is_given_by_its_name_and_the_data_by_any(name):
    claim, data = example(name), panel(*range(1, 31))
    assert str(claim.check(data=data)) == str(claim.check(data, language="en"))
    for check in (claim.check, Claim.check, *(kind.check for kind in CLAIM_TYPES.values())):
        language = inspect.signature(check).parameters["language"]
        assert language.kind is inspect.Parameter.KEYWORD_ONLY
    with pytest.raises(TypeError):
        summed({"a": data, "b": data}, True)  # type: ignore[misc]


def test_what_a_verdict_has_besides_is_given_by_its_name():
    parameters = inspect.signature(Case.verdict).parameters
    named = [name for name, p in parameters.items() if p.kind is inspect.Parameter.KEYWORD_ONLY]
    assert named == ["months", "corrected", "caveats"]


def test_rarity_is_no_part_of_a_claim():
    common, rare = example("record", rarity=0.5), example("record", rarity=0.1)
    assert common == rare
    assert Verdict(common, "true", "So it is.") == Verdict(rare, "true", "So it is.")


@every_name
def test_a_type_is_not_made_without_its_parts(name):
    """What a type of claim owes is asked for when a claim is made, not when it is used."""
    kind = CLAIM_TYPES[name]
    assert not kind.__abstractmethods__
    assert isinstance(example(name), kind)
    for part in ("propose", "check", "_said"):
        lacking = type(kind.__name__, (kind,), {part: getattr(Claim, part), "__slots__": ()})
        assert part in lacking.__abstractmethods__
        with pytest.raises(TypeError, match=part):
            lacking(series="x", month="2025-06")
