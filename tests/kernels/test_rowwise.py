"""The machinery: when it compiles, what it copies, and how it does without numba."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading

import numpy as np
import pytest

from trends.kernels import _rowwise, record_counts, rise_lengths, run_lengths
from trends.kernels._rowwise import rowwise

numba = pytest.importorskip("numba")


def run(source, **environment):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(source)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def doubled(x):
    return 2.0 * x


def doubled_and_raised(x, by):
    return doubled(x) + by


@rowwise(np.float64, rows=2)
def rates(counts, exposure, offsets, by, out):
    """Use two rows, an array for all rows, a number, scratch, and a function of a function."""
    scratch = np.empty(counts.shape[0])
    for t in range(counts.shape[0]):
        scratch[t] = doubled_and_raised(counts[t], by) + offsets[t % 2]
    for t in range(counts.shape[0]):
        out[t] = scratch[t] / exposure[t] if exposure[t] > 0 else -1.0


@rowwise(np.int64, width=2)
def ends(values, out):
    out[0] = values[0] if values.shape[0] > 0 else -1
    out[1] = values.shape[0]


@rowwise(np.float64)
def failing(values, out):
    raise ArithmeticError


ROWS = np.arange(12.0).reshape(3, 4)


@pytest.mark.parametrize("way", ["interpreted", "compiled"])
def test_rows_are_broadcast_and_functions_are_compiled_along(way):
    kernel, offsets = getattr(rates, way), np.array([0.5, 0.25])
    exposure = np.array([1.0, 2.0, 0.0, 4.0])
    added = np.array([0.5, 0.25, 0.5, 0.25])
    with np.errstate(divide="ignore"):
        expected = np.where(exposure > 0, (2 * ROWS + 3 + added) / exposure, -1.0)
    np.testing.assert_array_equal(kernel(ROWS, exposure, offsets, 3), expected)
    np.testing.assert_array_equal(kernel(ROWS, exposure, offsets, by=np.int64(3)), expected)
    own = np.tile(exposure, (3, 1))
    np.testing.assert_array_equal(kernel(ROWS, own, offsets, 3), expected)
    np.testing.assert_array_equal(kernel(ROWS, np.asfortranarray(own), offsets, 3), expected)
    np.testing.assert_array_equal(kernel(ROWS[0], own, offsets, 3)[1], expected[0])
    assert kernel(ROWS[:0], exposure, offsets, 3).shape == (0, 4)


def test_one_exposure_for_all_rows_is_not_copied(monkeypatch):
    seen = []
    monkeypatch.setattr(_rowwise._Machine, "spread", lambda self, tables, *_: seen.extend(tables))
    exposure = np.ones(4)
    rates.compiled(ROWS, exposure, np.zeros(2), 1.0)
    assert seen[1].shape == (3, 4)
    assert np.shares_memory(seen[1], exposure)
    assert np.shares_memory(seen[0], ROWS)


@pytest.mark.parametrize("way", ["interpreted", "compiled"])
def test_a_row_may_give_two_numbers_and_may_have_no_steps(way):
    kernel = getattr(ends, way)
    assert kernel(np.array([[7, 8, 9], [4, 5, 6]])).tolist() == [[7, 3], [4, 3]]
    assert kernel(np.empty((2, 0), np.int64)).tolist() == [[-1, 0], [-1, 0]]
    assert kernel(np.empty((0, 5), np.int64)).shape == (0, 2)
    assert kernel(np.ones((2, 3, 4), np.int64)).shape == (2, 3, 2)


def test_one_number_of_one_row_is_a_number():
    assert record_counts([1, 2, 3]) == 2
    room = np.empty((), np.int32)
    assert record_counts([1, 2, 3], out=room) is room
    assert room == 2


@pytest.mark.parametrize(
    "dtype", [">f8", "f4", "f2", "u1", "u4", "u8", "i1", ">i4", "i8", "?", "i4", "f8"]
)
def test_every_type_of_number_is_taken(dtype):
    array = np.array([[0, 1, 1, 3], [1, 1, 0, 1]]).astype(dtype)
    for way in (run_lengths.interpreted, run_lengths.compiled):
        assert way(array).tolist() == [[0, 1, 2, 3], [1, 2, 0, 1]]


@pytest.mark.parametrize("way", ["interpreted", "compiled"])
def test_layouts_are_read_and_written_in_place(way):
    kernel = getattr(rise_lengths, way)
    array = np.random.default_rng(1).integers(0, 9, (6, 5, 40)).astype(float)
    array.flags.writeable = False
    expected = rise_lengths.interpreted(array.copy())
    for view in (np.s_[...], np.s_[::2, :, :], np.s_[:, 1:, ::-1], np.s_[:, :, 3:30], np.s_[0]):
        wanted = rise_lengths.interpreted(array[view].copy())
        np.testing.assert_array_equal(kernel(array[view]), wanted)
        np.testing.assert_array_equal(kernel(np.asfortranarray(array[view])), wanted)
    room = np.zeros((40, 5, 6), np.int32)
    kernel(array, out=room.T)
    np.testing.assert_array_equal(room.T, expected)
    wide = np.zeros((6, 5, 80), np.int32)
    kernel(array, out=wide[..., ::2])
    np.testing.assert_array_equal(wide[..., ::2], expected)
    assert not wide[..., 1::2].any()


@pytest.mark.parametrize(
    "out",
    [np.empty((3, 5), np.int32), np.empty((3, 4), np.int64), np.empty(4, np.int32), [0, 0, 0, 0]],
)
def test_an_out_that_does_not_fit_is_refused(out):
    with pytest.raises(ValueError, match=r"rise_lengths: out is .*, and the answer int32 of shape"):
        rise_lengths(ROWS, out=out)


def test_work_is_interpreted_until_numba_pays(monkeypatch):
    calls = []
    monkeypatch.setattr(_rowwise._Machine, "compute", lambda self, *_: calls.append("compiled"))
    monkeypatch.setattr(_rowwise._Machine, "interpret", lambda self, *_: calls.append("python"))
    monkeypatch.setattr(_rowwise, "LEAST_WORK", 10_000)

    @rowwise(np.int32, cost=2)
    def kernel(values, out):
        """Nothing."""

    for steps in (100, 2_000, 2_000, 2_000, 100):
        kernel(np.ones(steps))
    kernel(np.ones(2_000, np.int32))  # of this type there was no work yet
    assert calls == ["python"] * 3 + ["compiled"] + ["python"] * 2


def test_a_few_short_series_never_load_numba():
    done = run("""
        import sys
        import numpy as np, pandas as pd
        from trends.detect import DETECTORS
        months = pd.period_range("2021-01", periods=60, freq="M")
        rows = np.random.default_rng(0).integers(0, 99, (60, 12))
        for _ in range(5):
            for name, find in DETECTORS.items():
                if name not in ("alarms", "rampups"):  # a model a month is no small work
                    find(pd.DataFrame(rows, months)).frame()
        assert "numba" not in sys.modules
    """)
    assert done.returncode == 0, done.stderr


BIG = """
    import sys, warnings
    import numpy as np
    {before}
    from trends.kernels import rise_lengths
    rows = np.random.default_rng(0).integers(0, 99, (1_000, 60)).astype(float)
    from trends.kernels import _rowwise
    _rowwise.LEAST_WORK = 1
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(2):
            found = rise_lengths(rows)
    assert (found == rise_lengths.interpreted(rows)).all()
    print([str(warning.message) for warning in caught])
    print("numba" in sys.modules and sys.modules["numba"] is not None)
"""


def test_without_numba_all_works_and_says_once_what_is_lost():
    done = run(BIG.format(before="sys.modules['numba'] = None"))
    assert done.returncode == 0, done.stderr
    said, loaded = done.stdout.splitlines()
    assert said.count("trends.kernels: numba cannot be imported") == 1
    assert "100 times slower. Install it: pip install numba." in said
    assert loaded == "False"


def test_numba_switched_off_is_obeyed_silently():
    done = run(BIG.format(before=""), NUMBA_DISABLE_JIT="1")
    assert (done.returncode, done.stdout.splitlines()) == (0, ["[]", "True"]), done.stderr


def test_compiles_where_the_cache_folder_cannot_be_made():
    done = run(BIG.format(before=""), NUMBA_CACHE_DIR="/proc/version/none")
    assert (done.returncode, done.stdout.splitlines()) == (0, ["[]", "True"]), done.stderr


def test_compiles_where_nothing_can_be_written():
    before = """
    import numba.core.caching as caching
    impl = getattr(caching, "CacheImpl", None) or caching._CacheImpl
    for each in (impl, *impl.__subclasses__()):
        each._locator_classes = []
    """
    done = run(BIG.format(before=before.strip().replace("\n    ", "\n    ")))
    assert (done.returncode, done.stdout.splitlines()) == (0, ["[]", "True"]), done.stderr


@pytest.mark.parametrize("threads", ["1", "3"])
def test_the_number_of_threads_is_that_of_numba(threads):
    done = run(
        """
        import threading
        import numpy as np
        from trends.kernels import _rowwise, rise_lengths
        started = []
        class Thread(threading.Thread):
            def start(self):
                started.append(self)
                super().start()
        _rowwise.threading.Thread = Thread
        rows = np.random.default_rng(0).random((10_000, 60))
        found = rise_lengths.compiled(rows)
        assert (found[:50] == rise_lengths.interpreted(rows[:50])).all()
        assert (found[-50:] == rise_lengths.interpreted(rows[-50:])).all()
        import numba
        print(len(started) + 1, numba.config.NUMBA_NUM_THREADS)
        """,
        NUMBA_NUM_THREADS=threads,
    )
    assert done.stdout.split() == [threads, threads], done.stderr


def test_many_threads_may_call_at_once():
    rows = np.random.default_rng(0).random((4_000, 60))
    expected, answers = rise_lengths.compiled(rows), []
    threads = [
        threading.Thread(target=lambda: answers.append(rise_lengths.compiled(rows)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert all(np.array_equal(answer, expected) for answer in answers)


def test_an_error_in_a_thread_reaches_the_caller():
    def fail(a, b):
        raise ArithmeticError(a)

    with pytest.raises(ArithmeticError):
        _rowwise._in_threads(fail, [(0, 1), (1, 2), (2, 3)], 2)
    with pytest.raises(ArithmeticError):
        failing(ROWS)


def test_what_a_loop_calls_is_part_of_the_name_in_the_cache():
    one = _rowwise._digest(rates.__wrapped__, _rowwise.DIRECT)
    assert one == _rowwise._digest(rates.__wrapped__, _rowwise.DIRECT)
    assert one != _rowwise._digest(rates.__wrapped__, _rowwise.BLOCKS)
    code = doubled.__code__
    try:
        doubled.__code__ = (lambda x: 3.0 * x).__code__
        assert one != _rowwise._digest(rates.__wrapped__, _rowwise.DIRECT)
    finally:
        doubled.__code__ = code


def test_a_constant_is_part_of_the_name_in_the_cache():
    # numba holds constants of a module for fixed: an old cache would go on with the old ones
    def row(values, out):
        out[0] = values[0] * FACTOR  # noqa: F821

    globals()["FACTOR"] = 2.0
    one = _rowwise._digest(row, _rowwise.DIRECT)
    globals()["FACTOR"] = 3.0
    assert one != _rowwise._digest(row, _rowwise.DIRECT)
    del globals()["FACTOR"]


def test_an_array_that_is_not_aligned_is_read() -> None:
    # as dask hands it over: a view into bytes, begun at an odd place
    raw = bytearray(1 + 5 * 8)
    loose = np.frombuffer(memoryview(raw)[1:], dtype=np.float64)
    loose[:] = [240, 379, 507, 588, 594]
    assert not loose.flags.aligned
    assert rise_lengths(loose).tolist() == [0, 1, 2, 3, 4]
