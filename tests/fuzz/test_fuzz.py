"""Every reader on mutated inputs: a result, or an error in words; nothing else, and soon."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from fuzz.seeds import SEEDS, TOKENS
from fuzz.targets import TARGETS, finding
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("shapely", reason="the extra [geo] is not installed")

ROOT = Path(__file__).resolve().parents[2]
CRASHERS = sorted((ROOT / "tests" / "hardening" / "crashers").glob("*/*"))
TRIES = {"check": 5, "claims": 8, "workbook_part": 8, "geojson_rings": 25}  # slower than the others


def mutated(seed: bytes, random: Random) -> bytes:
    """One to eight changes: a byte, a piece cut out, doubled or moved, a word put in."""
    data = bytearray(seed)
    for _ in range(random.randint(1, 8)):
        at, to = sorted(random.randrange(len(data) + 1) for _ in (0, 1))
        match random.randrange(5):
            case 0 if at < len(data):
                data[at] = random.randrange(256)
            case 1:
                del data[at : min(to, at + 40)]
            case 2:
                data[at:at] = data[at : min(to, at + 40)]
            case 3:
                data[to:to] = data[at : at + 8]
            case _:
                data[at:at] = random.choice(TOKENS).encode()
    return bytes(data)


def test_every_target_has_seeds_that_are_read() -> None:
    assert set(SEEDS) == set(TARGETS)
    for name, seeds in SEEDS.items():
        said = [finding(name, seed) for seed in seeds()]
        assert ("", "read") in said, name
        assert not [wrong for wrong in said if wrong[0]], name


@pytest.mark.parametrize("name", TARGETS)
def test_mutated(name: str) -> None:
    seeds = list(SEEDS[name]())

    @settings(max_examples=TRIES.get(name, 100), deadline=None, database=None)
    @given(st.sampled_from(seeds), st.integers(0, 2**32))
    def run(seed: bytes, number: int) -> None:
        data = mutated(seed, Random(number))[: TARGETS[name].longest]
        wrong, said = finding(name, data)
        assert not wrong, f"{wrong}: {said}\n{data!r}"

    run()


@pytest.mark.parametrize("path", CRASHERS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_once_broke_a_reader_breaks_it_no_more(path: Path) -> None:
    wrong, said = finding(path.parent.name, path.read_bytes())
    assert not wrong, f"{wrong}: {said}"


def test_a_finding_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from fuzz import targets

    def broken(data: bytes) -> None:
        raise KeyError(data)

    monkeypatch.setattr(targets, "TARGETS", {"csv": targets.Target(broken)})
    wrong, said = finding("csv", b"x")
    assert wrong.startswith("KeyError at test_fuzz.py")
    assert "Traceback" in said


@pytest.mark.slow
def test_the_coverage_guided_fuzzer_runs(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="the extra [fuzz] is not installed")
    command = [sys.executable, str(ROOT / "tests" / "fuzz" / "fuzzing.py")]
    options = ["--minutes", "0.5", "--targets", "config,sentence", "--build", str(tmp_path)]
    subprocess.run([*command, *options], check=True, capture_output=True, timeout=600)
    found = json.loads((tmp_path / "summary.json").read_text())
    assert found["findings"] == 0
    assert min(each["executions"] for each in found["targets"]) > 100
