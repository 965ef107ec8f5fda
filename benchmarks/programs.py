"""What a program is: one way to do one job, in three steps of which only `work` is timed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]
Answer = dict[str, Array]


def as_it_comes(arrays: Arrays) -> Any:
    """The arrays of the job: one alone is handed over as it is."""
    return next(iter(arrays.values())) if len(arrays) == 1 else arrays


@dataclass(frozen=True)
class Program:
    """One way to do one job.

    `work` is timed. `prepare` brings the arrays into the layout that the program wants, `answer`
    brings the result into that of the job (a dict of arrays, a row a series): neither is timed.
    A program too slow for the whole job states the number of `rows` that it is measured on.
    """

    job: str
    name: str
    work: Callable[[Any], Any]
    answer: Callable[[Any], Answer]
    prepare: Callable[[Arrays], Any] = as_it_comes
    rows: int | None = None
    package: str | None = None  # of the version; by default that of the name

    @property
    def distribution(self) -> str:
        return self.package or self.name.split()[0]


def by(name: str, dtype: type[np.generic] | None = None) -> Callable[[Any], Answer]:
    """An `answer` that is the result itself, under the name."""
    return lambda result: {name: np.asarray(result, dtype)}
