"""Programs that write files again and again until they are killed: run by the tests."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from trends.report import publish
from trends.writing import write_files

NAMES = ("index.html", "report.json", "chart.png")
EDITION = "2025-06"


def contents(number: int) -> dict[str, str | bytes]:
    """Files whose every line tells their number."""
    line = f"{number}\n"
    return {name: line * (200 + 5_000 * k) for k, name in enumerate(NAMES)}


def number_of(file: Path) -> int:
    """The number of a file that is whole."""
    text = file.read_text()
    number = int(text.partition("\n")[0])
    assert text == contents(number)[file.name], f"{file} is not whole"
    return number


def write(how: str, folder: Path, number: int) -> None:
    """Write the files of a number."""
    if how == "files":
        write_files(folder, contents(number))
    else:
        publish(folder, EDITION, contents(number))


def check_whole(how: str, folder: Path) -> int:
    """Every file is whole, and an edition has files of one number only; the highest number."""
    where = folder if how == "files" else folder / EDITION
    shown = {path.name for path in where.iterdir() if path.name[:1] != "."}
    assert shown == set(NAMES), shown
    numbers = {number_of(where / name) for name in NAMES}
    if how == "edition":
        assert len(numbers) == 1, numbers
        assert {p.name for p in folder.iterdir() if p.name[:1] != "."} == {EDITION, "latest"}
    hidden = [path.name for path in folder.iterdir() if path.name[:1] == "."]
    assert all(name.endswith(".part") or name.startswith(".latest.") for name in hidden), hidden
    return max(numbers)


def kill(how: str, folder: Path, times: int, seed: int) -> None:
    """Kill a writer at random moments; print how many left something hidden, and the number."""
    chance = random.Random(seed)
    write(how, folder, 0)
    begun = time.monotonic()
    write(how, folder, 1)
    took = time.monotonic() - begun  # on a busy machine long
    last, interrupted = 1, 0
    for _ in range(times):
        child = os.fork()
        if child == 0:
            try:
                for number in range(last + 1, 10**9):
                    write(how, folder, number)
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.001, 0.03 + 4 * took))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, "the writer had ended by itself"
        hidden = sum(path.name[:1] == "." for path in folder.iterdir())
        interrupted, before = hidden, last
        last = check_whole(how, folder)
        assert last >= before
    write(how, folder, last + 1)  # what was left behind is in nobody's way
    assert check_whole(how, folder) == last + 1
    print(interrupted, last)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["kill", way, where, number, start]:
            kill(way, Path(where), int(number), int(start))
        case ["write", way, where, first, number]:
            for k in range(int(number)):
                write(way, Path(where), int(first) + k)
