"""From a loop over one row to a function of whole arrays: the only machinery of the kernels."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

Scalar = TypeVar("Scalar", bound=np.generic)
Result_co = TypeVar("Result_co", bound=np.generic, covariant=True)
Row: TypeAlias = npt.NDArray[Any]


class Kernel(Protocol, Generic[Result_co]):
    """A function of real arrays of shape (..., n_time), with whole numbers as parameters."""

    @property
    def __name__(self) -> str: ...

    def __call__(
        self, values: npt.ArrayLike, *params: Any, **named: Any
    ) -> npt.NDArray[Result_co]: ...


def rowwise(dtype: type[Scalar]) -> Callable[[Callable[..., None]], Kernel[Scalar]]:
    """Turn ``row(values, *params, out)``, a loop over one row, into a function of arrays.

    The function is ``kernel(values, *params, out=None)``. It takes shape (..., n_time) and returns
    an array of that shape and of `dtype`, or fills and returns `out`. A row has at least one step:
    on arrays without elements the loop is not run.
    """

    def decorate(row: Callable[..., None]) -> Kernel[Scalar]:
        *given, last = inspect.signature(row).parameters.values()
        given[0] = given[0].replace(annotation="ArrayLike")
        last = last.replace(default=None, annotation="NDArray | None")
        signature = inspect.Signature([*given, last], return_annotation="NDArray")

        @functools.wraps(row)
        def kernel(*args: Any, **named: Any) -> npt.NDArray[Scalar]:
            bound = signature.bind(*args, **named)
            bound.apply_defaults()
            values, *params, out = bound.arguments.values()
            array = np.asarray(values)
            if out is None:
                out = np.empty(array.shape, dtype)
            for index in np.ndindex(array.shape[:-1] if array.size else (0,)):
                # Items of a memoryview are plain numbers: faster than NumPy's, and they never warn.
                row(array[index].data, *params, out[index].data)
            return out  # type: ignore[no-any-return]

        kernel.__signature__ = signature  # type: ignore[attr-defined]
        return kernel

    return decorate
