"""dask: arrays and DataFrames, threads and processes, a worker that is killed."""

from __future__ import annotations

import os
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from trends.errors import (
    BadOption,
    BadTable,
    MissingColumns,
    MonthOutside,
    NoValues,
    TrendsError,
    UnknownOption,
)
from trends.scale import FACTS, scan_dask, scan_dask_array

da = pytest.importorskip("dask.array", reason="dask is not installed: attack-trends[dask]")
dd = pytest.importorskip("dask.dataframe", reason="dask is not installed: attack-trends[dask]")
distributed = pytest.importorskip("distributed", reason="distributed is not installed")

# Sockets and event loops of the cluster are closed by other threads, after a test has ended.
pytestmark = [
    # dask reads Parquet in a way that pandas 4 will not have
    pytest.mark.filterwarnings("ignore:The inplace keyword"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning"),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A cluster of two processes on this machine."""
    folder = tmp_path_factory.mktemp("dask")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cluster = distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            local_directory=str(folder),
        )
        with cluster, distributed.Client(cluster, set_as_default=False) as opened:
            yield opened


@pytest.fixture(params=["threads", "cluster"])
def compute(request: pytest.FixtureRequest) -> Any:
    """Compute here, or in the cluster."""
    if request.param == "threads":
        return lambda frame: frame.compute(scheduler="threads")
    client = request.getfixturevalue("client")
    return lambda frame: client.compute(frame).result(timeout=120)


def by_name(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values("unique_id")


@pytest.mark.parametrize("chunks", [(100, 41), (37, 10), (1000, 1)])
def test_arrays(made: Any, same: Any, compute: Any, chunks: tuple[int, int]) -> None:
    values = da.from_array(made.values, chunks=chunks)
    facts = scan_dask_array(values, "2020-01", names=made.names)
    assert facts.npartitions == len(values.chunks[0])
    same(compute(facts), made.facts())


def test_names_of_arrays(made: Any, same: Any) -> None:
    values = da.from_array(made.values, chunks=(60, 41))
    names = da.from_array(np.array(made.names, dtype=object), chunks=100)
    same(scan_dask_array(values, "2020-01", names=names).compute(), made.facts())
    numbers = scan_dask_array(values, "2020-01").compute()["unique_id"]
    assert list(numbers) == [str(k) for k in range(230)]


def test_arrays_of_whole_numbers_and_an_earlier_month(maker: Any, same: Any) -> None:
    made = maker(60, 30, whole=True)
    values = da.from_array(made.values, chunks=(25, 30))
    same(scan_dask_array(values, "2020-01", names=made.names).compute(), made.facts())
    found = scan_dask_array(values, "2020-01", names=made.names, month="2021-06").compute()
    same(found, made.facts(made.panel().until("2021-06")))


def test_arrays_askew_in_memory(made: Any, same: Any) -> None:
    content = b"-" + made.values.tobytes()
    askew = np.frombuffer(content, np.uint8)[1:].view(np.float64).reshape(made.values.shape)
    assert not askew.flags.aligned
    values = da.from_array(askew, chunks=(100, 41))
    same(scan_dask_array(values, "2020-01", names=made.names).compute(), made.facts())


def test_long_frames_in_any_order(made: Any, same: Any, compute: Any) -> None:
    shuffled = made.long().sample(frac=1, random_state=3).reset_index(drop=True)
    facts = scan_dask(dd.from_pandas(shuffled, npartitions=7))
    same(by_name(compute(facts)), made.facts())


def test_long_frames_by_index(made: Any, same: Any, compute: Any) -> None:
    shuffled = made.long().sample(frac=1, random_state=3)
    frame = dd.from_pandas(shuffled.set_index("unique_id"), npartitions=7)
    assert frame.known_divisions
    facts = scan_dask(frame)
    assert facts.npartitions == frame.npartitions  # nothing was moved
    same(compute(facts), made.facts())


def test_whole_partitions_are_checked(made: Any, same: Any) -> None:
    parts = [part for _, part in made.long().groupby("unique_id")]
    whole = dd.from_map(pd.concat, [parts[a : a + 50] for a in range(0, 230, 50)])
    same(scan_dask(whole, partitions="whole").compute(), made.facts())
    torn = dd.from_pandas(made.long(), chunksize=1000)
    with pytest.raises(BadTable, match="the partitions are not whole"):
        scan_dask(torn, partitions="whole")
    same(by_name(scan_dask(torn).compute()), made.facts())


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_parquet_in_parquet_out(
    made: Any, same: Any, compute: Any, tmp_path: Path, shape: str
) -> None:
    source = tmp_path / "panel"
    source.mkdir()
    frame = made.wide() if shape == "wide" else made.long()
    for k, start in enumerate(range(0, len(frame), len(frame) // 4)):
        part = frame.iloc[start : start + len(frame) // 4]
        part.to_parquet(source / f"part-{k}.parquet", index=False)
    facts = scan_dask(dd.read_parquet(source))
    compute(facts.to_parquet(tmp_path / "facts", schema=FACTS, write_index=False, compute=False))
    assert pq.read_table(tmp_path / "facts").schema.equals(FACTS)
    found = dd.read_parquet(tmp_path / "facts").compute(scheduler="threads")
    same(by_name(found), made.facts())


def test_given_months_need_no_pass(made: Any, same: Any) -> None:
    def load(part: pd.DataFrame) -> pd.DataFrame:
        raise AssertionError("nothing may be computed yet")

    frame = dd.from_pandas(made.long(), npartitions=3)
    lazy = frame.map_partitions(load, meta=made.long().iloc[:0])
    scan_dask(lazy, first="2020-01", month="2023-04")
    found = scan_dask(frame, first="2020-01", month="2022-06").compute()
    same(by_name(found), made.facts(made.panel().until("2022-06")))
    wide = dd.from_pandas(made.wide(), npartitions=3)
    same(scan_dask(wide, month="2022-06").compute(), made.facts(made.panel().until("2022-06")))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_worker_killed_in_the_middle(made: Any, same: Any, client: Any, tmp_path: Path) -> None:
    def slowly(values: Any, folder: str) -> Any:
        (Path(folder) / f"{time.time_ns()}-{os.getpid()}").touch()
        time.sleep(0.5)
        return values

    values = da.from_array(made.values, chunks=(20, 41))
    slow = values.map_blocks(slowly, str(tmp_path), dtype=values.dtype, meta=values._meta)
    facts = scan_dask_array(slow, "2020-01", month="2023-04", names=made.names)
    running = client.compute(facts)
    give_up = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 4 and time.monotonic() < give_up:
        time.sleep(0.01)
    begun = sorted(path.name for path in tmp_path.iterdir())
    victim = int(begun[-1].partition("-")[2])
    assert not running.done()
    os.kill(victim, signal.SIGKILL)
    same(running.result(timeout=120), made.facts())
    after = {int(path.name.partition("-")[2]) for path in tmp_path.iterdir()} - {victim}
    assert after
    assert len(list(tmp_path.iterdir())) > 12  # what the dead one had was worked again


def test_what_is_wrong_is_said(made: Any) -> None:
    frame = dd.from_pandas(made.long(), npartitions=2)
    values = da.from_array(made.values, chunks=(100, 41))
    with pytest.raises(UnknownOption, match="partitions='some'"):
        scan_dask(frame, partitions="some")  # type: ignore[arg-type]
    with pytest.raises(MissingColumns, match="no column 'y'"):
        scan_dask(frame.drop(columns="y"))
    with pytest.raises(NoValues):
        scan_dask(frame.assign(y=np.nan))
    with pytest.raises(NoValues):
        scan_dask_array(values * np.nan, "2020-01")
    with pytest.raises(MonthOutside):
        scan_dask_array(values, "2020-01", month="2030-01")
    with pytest.raises(BadOption, match="2 names"):
        scan_dask_array(values, "2020-01", names=["a", "b"])
    with pytest.raises(BadOption, match="shape"):
        scan_dask_array(values[0], "2020-01")
    with pytest.raises(BadOption, match="compute_chunk_sizes"):
        scan_dask_array(values[values[:, 0] > 3], "2020-01")
    with pytest.raises(BadOption, match="least"):
        scan_dask_array(values, "2020-01", least=0).compute()


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dask.dataframe", None)
    with pytest.raises(TrendsError, match=r"pip install 'attack-trends\[dask\]'"):
        scan_dask(None)
