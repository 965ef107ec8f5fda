"""Whether the tests notice a changed line: make mutation SAMPLE=200.

    python benchmarks/mutation.py [--sample 200] [--seed 1] [--parts claims detect kernels]

Changes one place of a copy of the project at a time (cosmic-ray says how) and runs the tests that
reach the place. A mutant is killed where one of them fails, cannot be imported, or takes far longer
than it should. Writes build/mutation.json: scores with their 95% intervals, survivors as diffs.

- Each place is mutated in one way, drawn among those that cosmic-ray knows; the places of a part
  are cut into equal stretches from its first file to its last, and one is drawn from each.
- Annotations are no places: nothing evaluates them.
- Mutants of kernels are run by Python only; that numba gives the same bits is another test's
  business. So `_rowwise.py`, which is about compiling, is left out.
- Tests that fail so or take more than 3 seconds of a processor are not run, nor those by which a
  mutant would take more than 10 (the fastest first). A survivor may thus be known to a slow test:
  the score is a lower bound.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import os
import random
import resource
import shutil
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}

import coverage
import hypothesis
import pytest
import scipy.stats
import statsmodels.api  # noqa: F401 - imported once here rather than by each mutant
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[1]
TREE = ROOT / "build" / "mutation" / "tree"
TESTS = {
    "claims": ["tests/claims", "tests/golden"],
    "detect": ["tests/detect"],
    "kernels": ["tests/kernels", "tests/models/test_forecasts.py", "tests/models/test_nowcasts.py"],
}
SKIPPED = {"trends/kernels/_rowwise.py"}
SLOW, ENOUGH = 3.0, 10.0  # seconds of a processor: of a test, of all tests of a mutant


class Baseline:
    """Notes what each test takes, whether it passes, and (by coverage) what it reaches."""

    def __init__(self, cover: coverage.Coverage) -> None:
        self.cover, self.took, self.bad = cover, {}, set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.cover.switch_context(item.nodeid)
        start = time.process_time()
        signal.signal(signal.SIGVTALRM, _too_slow)
        signal.setitimer(signal.ITIMER_VIRTUAL, 2 * SLOW)  # coverage doubles what it takes
        try:
            return (yield)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            self.took[item.nodeid] = time.process_time() - start

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.bad.add(report.nodeid)


class TooSlow(BaseException):
    """No test may catch it."""


def _too_slow(*_: object) -> None:
    raise TooSlow


class Chosen:
    """Runs only some tests, the fastest first."""

    def __init__(self, order: list[str]) -> None:
        self.order = {test: k for k, test in enumerate(order)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self.order),
            key=lambda item: self.order[item.nodeid],
        )


def in_child(run: Callable[[], int], log: Path, seconds: float | None = None) -> int:
    """Run in a fork of this process, whose imports it has; negative where a signal ended it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads: BLAS has none to speak of
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 2
    try:
        with log.open("w") as out:
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
        if seconds is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        os.chdir(TREE)
        sys.path.insert(0, str(TREE))
        sys.dont_write_bytecode = True
        code = run()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def run_tests(part: str, paths: list[str], plugin: object, *options: str) -> int:
    """Run tests of the copy; hypothesis always tries the same and does not shrink."""
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile(
        "mutants", phases=phases, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    hypothesis.settings.load_profile("mutants")
    if part == "kernels":
        from trends.kernels import _rowwise

        _rowwise._Machine.compute = _rowwise._Machine.interpret
        _rowwise.LEAST_WORK = float("inf")
    fixed = [
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
    ]
    return int(pytest.main([*fixed, *options, *paths], plugins=[plugin]))


def baseline(part: str) -> tuple[dict[str, float], dict[str, dict[int, list[str]]]]:
    """What the tests of a part take, and which of them reach which lines of its files."""
    kept = TREE.parent / f"{part}.json"

    def run() -> int:
        cover = coverage.Coverage(
            data_file=None, config_file=False, include=[f"{TREE}/trends/{part}/*"]
        )
        cover.start()
        noted = Baseline(cover)
        run_tests(part, [*TESTS[part], f"trends/{part}"], noted)
        cover.stop()
        took = {test: t for test, t in noted.took.items() if test not in noted.bad}
        data = cover.get_data()
        lines = {
            str(Path(file).relative_to(TREE)): data.contexts_by_lineno(file)
            for file in data.measured_files()
        }
        kept.write_text(json.dumps([took, sorted(noted.bad), lines]))
        return 0

    in_child(run, kept.with_suffix(".log"))
    took, bad, lines = json.loads(kept.read_text())
    print(f"{part}: {len(took)} tests, {len(bad)} that fail so, are skipped or slow", flush=True)
    return took, {f: {int(k): v for k, v in by.items()} for f, by in lines.items()}


def places(source: str) -> list[tuple[tuple[Any, Any], list[tuple[str, int]]]]:
    """Each place that can be changed, with the ways: an operator and which of its occurrences."""
    tree, found = get_ast(source), {}
    for name in operator_names():
        operator = get_operator(name)
        if operator.arguments():
            continue
        spots = [spot for node in ast_nodes(tree) for spot in operator().mutation_positions(node)]
        for occurrence, spot in enumerate(spots):
            found.setdefault(spot, []).append((name, occurrence))
    return sorted(found.items())


def evaluated(source: str) -> Callable[[Any], bool]:
    """Whether a place is evaluated, and not an annotation."""
    spans = [
        ((part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset))
        for node in ast.walk(ast.parse(source))
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if part is not None
    ]
    return lambda spot: not any(first <= spot[0] and spot[1] <= last for first, last in spans)


def changed(source: str, ways: list[tuple[str, int]], rng: random.Random) -> str | None:
    """The source changed in one of the ways; None where no way gives a program."""
    for name, occurrence in rng.sample(ways, len(ways)):
        mutant = mutate_code(source, get_operator(name)(), occurrence)
        try:
            if ast.dump(ast.parse(mutant)) != ast.dump(ast.parse(source)):
                return mutant
        except SyntaxError:
            continue
    return None


def sample(part: str, n: int, rng: random.Random) -> list[tuple[str, tuple[Any, Any], str]]:
    """At most `n` mutants: file, place and the changed source."""
    every = []
    for path in sorted((TREE / "trends" / part).glob("*.py")):
        name, source = str(path.relative_to(TREE)), path.read_text()
        if name not in SKIPPED:
            counts = evaluated(source)
            every += [(name, *place) for place in places(source) if counts(place[0])]
    step = max(1.0, len(every) / n)
    drawn = []
    for k in range(min(n, len(every))):
        name, spot, ways = every[min(int((k + rng.random()) * step), len(every) - 1)]
        mutant = changed((TREE / name).read_text(), ways, rng)
        if mutant is not None:
            drawn.append((name, spot, mutant))
    print(f"{part}: {len(every)} places, {len(drawn)} of them changed", flush=True)
    return drawn


def statement(path: Path, spot: tuple[Any, Any]) -> tuple[int, int]:
    """The first line of the statement of a place (coverage counts by it), and its own last."""
    (first, _), (last, _) = spot
    starts = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.stmt) and node.lineno <= first and last <= (node.end_lineno or 0)
    ]
    return max(starts, default=first), last


def outcome(
    part: str, name: str, spot: tuple[Any, Any], mutant: str,
    took: dict[str, float], lines: dict[int, list[str]],
) -> tuple[str, int]:  # fmt: skip
    """What becomes of a mutant, and how many tests it was shown to."""
    first, last = statement(TREE / name, spot)
    reach = {test for line in range(first, last + 1) for test in lines.get(line, ())} - {""}
    # A line that only importing runs is reached by whatever imports it.
    order, seconds = [], 0.0
    for test in sorted(reach & took.keys() if reach else took, key=took.__getitem__):
        seconds += took[test]
        if seconds > ENOUGH and order:
            break
        order.append(test)
    if not order:
        return "survived", 0
    path = TREE / name
    source, stat = path.read_text(), path.stat()
    path.write_text(mutant)
    try:
        files = sorted({test.partition("::")[0] for test in order})
        code = in_child(
            lambda: run_tests(part, files, Chosen(order), "-x"),
            TREE.parent / "mutant.log",
            5 + 3 * min(seconds, ENOUGH),
        )
    finally:
        path.write_text(source)
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    return {0: "survived"}.get(code, "timeout" if code < 0 else "killed"), len(order)


def scored(mutants: list[dict[str, Any]]) -> dict[str, Any]:
    """The share that was killed, with Wilson's 95% interval."""
    n, killed = len(mutants), sum(m["outcome"] != "survived" for m in mutants)
    low, high = scipy.stats.binomtest(killed, n).proportion_ci(method="wilson")
    return {"n": n, "killed": killed, "score": killed / n, "low": low, "high": high}


def main() -> None:
    """Draw, change, test, count."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=200, help="mutants in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parts", nargs="+", choices=TESTS, default=list(TESTS))
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "mutation.json")
    options = parser.parse_args()
    shutil.rmtree(TREE.parent, ignore_errors=True)
    for name in ("trends", "tests", "datasets", "pyproject.toml", "README.md"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        TREE.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, TREE / name)
    done: dict[str, list[dict[str, Any]]] = {}
    for part in options.parts:
        rng, done[part] = random.Random(options.seed), []
        took, lines = baseline(part)
        mutants = sample(part, options.sample // len(options.parts), rng)
        for name, spot, mutant in mutants:
            fate, shown = outcome(part, name, spot, mutant, took, lines.get(name, {}))
            before = (TREE / name).read_text().splitlines()
            diff = difflib.unified_diff(before, mutant.splitlines(), name, name, "", "", 1, "")
            done[part].append({"file": name, "outcome": fate, "tests": shown, "diff": [*diff]})
            print(f"{name}:{spot[0][0]}  {fate}, {shown} tests", flush=True)
        said = {part: scored(mutants) for part, mutants in done.items() if mutants}
        survivors = [m for mutants in done.values() for m in mutants if m["outcome"] == "survived"]
        answer = {"seed": options.seed, "scores": said, "survivors": survivors}
        options.out.write_text(json.dumps(answer, indent=1) + "\n")
        print(json.dumps(said[part]), flush=True)


if __name__ == "__main__":
    main()
