"""Programs that write to a store: run by the tests as processes of their own."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sqlite3
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from trends.panel import Panel
from trends.vintages import Store

START = dt.date(2025, 1, 1)
MONTHS = pd.period_range("2021-01", periods=48, freq="M")


def size_of(place: str) -> int:
    """How many series to write at once: a server takes longer for each."""
    return 30 if "://" in place else 120


def vintage(number: int, n_series: int = 1) -> Panel:
    """A panel whose values tell its number."""
    values = number * 1000.0 + np.arange(n_series)[:, None] + np.arange(48) / 64
    names = [f"s{i}" for i in range(n_series)]
    day = START + dt.timedelta(days=number)
    return Panel(values, MONTHS, names, unit="drones", definition="All reports.", as_of=day)


def write(place: str, numbers: range) -> None:
    """Add vintages one by one, each in a connection of its own."""
    for number in numbers:
        with Store.open(place) as store:
            store.add(vintage(number, 3))


def write_said(place: str, numbers: range) -> None:
    """Add vintages on one connection, and say of each when it is there."""
    with Store.open(place) as store:
        for number in numbers:
            store.add(vintage(number, 30))
            print(number, flush=True)


def write_on(place: str, vintages: int) -> None:
    """Add large vintages, one after the other."""
    with Store.open(place) as store:
        first = len(store.log()) // size_of(place)
        for number in range(first, first + vintages):
            store.add(vintage(number, size_of(place)))


def check_whole(place: str) -> int:
    """Every vintage is there in full, and is what was written; how many there are."""
    n_series = size_of(place)
    try:
        store = Store.open(place, read_only=True)
    except ValueError as error:
        if "no store" in str(error):  # killed before there was one
            return 0
        raise
    with store:
        log = store.log()
        counts = log.groupby("as_of")["months"].agg(["size", "sum"])
        assert (counts["size"] == n_series).all(), counts
        assert (counts["sum"] == n_series * 48).all(), counts
        days = [START + dt.timedelta(days=k) for k in range(len(counts))]
        assert list(counts.index) == days
        if days:
            last = vintage(len(days) - 1, n_series)
            for name in ("s0", f"s{n_series - 1}"):
                found = store.load(name)
                assert (found.values == last.select(name).values).all()
    if "://" not in place:
        base = sqlite3.connect(place)
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        base.close()
    return len(days)


def writer(place: str, vintages: int) -> int:
    """Start a process that writes; its id."""
    child = os.fork()
    if child == 0:
        try:
            write_on(place, vintages)
            os._exit(0)
        finally:
            os._exit(1)
    return child


def kill(place: str, times: int, seed: int) -> None:
    """Kill a writer at random moments; print how many kills hit a write, and the vintages."""
    chance = random.Random(seed)
    inside = 0
    for k in range(times):
        if k == times // 2:  # the first half kills from before there is a store
            begun = time.monotonic()
            assert os.waitpid(writer(place, 1), 0)[1] == 0
            took = time.monotonic() - begun  # on a busy machine long
        child = writer(place, 10**9)
        time.sleep(chance.uniform(0.01, 0.25 if k < times // 2 else 2 * took))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, "the writer had ended by itself"
        journal = Path(f"{place}-journal")
        inside += "://" not in place and journal.exists() and journal.stat().st_size > 0
        vintages = check_whole(place)
    print(inside, vintages)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write", where, first, last]:
            write(where, range(int(first), int(last)))
        case ["say", where, first, last]:
            write_said(where, range(int(first), int(last)))
        case ["kill", where, number, start]:
            kill(where, int(number), int(start))
