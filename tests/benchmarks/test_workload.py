"""The workload is the same each time, ways to do a job agree, and the tables can be written."""

import itertools
import runpy
import sys
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
MODULES = ("answers", "jobs", "ours", "peers_scans", "peers_segments", "programs", "tables")
TINY = 2e-4


@pytest.fixture(scope="module")
def bench():
    """The scripts, imported as they import each other; nothing of it is left behind."""
    sys.path.insert(0, str(FOLDER))
    try:
        yield {name: __import__(name) for name in (*MODULES, "workload")}
    finally:
        sys.path.remove(str(FOLDER))
        for name in (*MODULES, "workload"):
            sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def arrays(bench):
    return {name: bench["workload"].make(name, TINY) for name in bench["workload"].ARRAYS}


def test_the_workload_is_deterministic(bench, arrays):
    for name, array in arrays.items():
        again = bench["workload"].make(name, TINY)
        assert array.dtype == np.float64
        assert np.isfinite(array).all()
        assert array.tobytes() == again.tobytes()


def test_the_workload_is_what_jobs_need(arrays):
    assert set(np.unique(arrays["flags"])) == {0, 1}
    assert (np.diff(arrays["counts"], axis=1) == 0).any(), "no ties"
    assert arrays["poisson_counts"].shape == arrays["exposures"].shape
    assert arrays["negbin_counts"].shape == arrays["exposures"].shape


def test_saved_arrays_are_the_made_ones(bench, arrays, tmp_path):
    folder = bench["workload"].save(tmp_path, TINY)
    for name, array in arrays.items():
        assert np.array_equal(np.load(folder / f"{name}.npy"), array)


@pytest.mark.parametrize("name", ["numpy", "plain Python", "scipy"])
def test_ways_that_need_no_peers_agree_with_ours(bench, arrays, name):
    ours = {p.job: p for p in bench["ours"].PROGRAMS if p.name == "trends"}
    theirs = [*bench["peers_scans"].PROGRAMS, *bench["peers_segments"].PROGRAMS]
    found = [program for program in theirs if program.name == name]
    assert found
    for program in found:
        (job,) = (job for job in bench["jobs"].JOBS if job.key == program.job)
        given = {key: arrays[key] for key in job.arrays}
        both = [p.answer(p.work(p.prepare(given))) for p in (ours[job.key], program)]
        gaps = bench["answers"].difference(*both)
        assert bench["answers"].agrees(gaps, job.rtol), (program.job, gaps)


def test_a_wrong_answer_does_not_agree(bench):
    difference, agrees = bench["answers"].difference, bench["answers"].agrees
    right, wrong = {"x": np.array([1.0, np.nan])}, {"x": np.array([1.0, 2.0])}
    assert agrees(difference(right, right), {})
    assert not agrees(difference(right, wrong), {"x": 1e9})
    assert not agrees(difference({"x": np.ones(2)}, {"x": np.array([1, 1 + 1e-6])}), {"x": 1e-7})
    assert not agrees(difference(right, {"y": np.ones(2)}), {}), "nothing was compared"


def test_objectives_are_those_of_a_plain_loop(bench):
    rng = np.random.default_rng(7)
    values = rng.poisson(3, (4, 30)).astype(float)
    starts = rng.random((4, 30)) < 0.2
    starts[:, 0] = False
    for name in ("l2", "poisson"):
        found = getattr(bench["answers"], f"{name}_objective")(values, starts, 5.0)
        for row, flags, cost in zip(values, starts, found, strict=True):
            edges = [0, *np.flatnonzero(flags), len(row)]
            parts = [row[a:b] for a, b in itertools.pairwise(edges)]
            if name == "l2":
                expected = sum(((part - part.mean()) ** 2).sum() for part in parts)
            else:
                expected = sum(
                    2 * (part.sum() - part.sum() * np.log(part.mean()))
                    for part in parts
                    if part.any()
                )
            assert cost == pytest.approx(expected + 5.0 * flags.sum())


def test_every_job_has_ours(bench):
    ours = {program.job for program in bench["ours"].PROGRAMS if program.name == "trends"}
    assert ours == {job.key for job in bench["jobs"].JOBS}


def row(bench, **given):
    return bench["tables"].complete({"job": "l2", "n": 10, "t": 5, "cpu_seconds": 1.0, **given})


@pytest.fixture
def result(bench):
    about = {"date": "d", "commit": "c", "cpu": "p", "cores": 2, "python": "3", "system": "s"}
    about |= {"scale": 1, "load_before": 0, "load_after": 0, "seconds": 9}
    own = {"program": "trends", "side": "ours", "version": "1", "agrees": True}
    rows = [
        row(bench, **own, threads=1, seconds=0.1, ratio=1.0),
        row(bench, **own, threads=2, seconds=0.05, ratio=0.5),
        row(
            bench, program="slow", side="theirs", version="2", seconds=0.7, ratio=7.0, agrees=False
        ),
        {"job": "l2", "program": "R changepoint", "problem": "R absent"},
    ]
    return {"about": about, "rows": [bench["tables"].complete(each) for each in rows]}


def test_tables_say_what_was_found(bench, result):
    page = bench["tables"].page(result)
    assert "| 0.10 s | 0.050 s | slow 2: 0.70 s, **answers differ** | 7.00 |" in page
    assert "5 times: reached" in page
    assert "R absent" in page
    assert all(line.count("|") == page.split("\n")[4].count("|") for line in page.split("\n")[4:7])


def test_a_table_goes_between_its_markers(bench):
    begin, end = bench["tables"].BEGIN, bench["tables"].END
    text = f"before\n{begin}\nold\n{end}\nafter\n"
    assert bench["tables"].between(text, "new") == f"before\n{begin}\nnew\n{end}\nafter\n"
    with pytest.raises(SystemExit):
        bench["tables"].between("no markers", "new")


def test_scripts_are_scripts():
    assert not (FOLDER / "__init__.py").exists()
    scope = runpy.run_path(str(FOLDER / "plainly.py"))
    assert scope["parameters"](type("B", (), {"params": ["a", "b"]})) == [["a", "b"]]
