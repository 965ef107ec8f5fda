"""From a loop over one row to a function of whole arrays: the only machinery of the kernels.

What the author of a kernel must know:

- ``@rowwise(dtype)`` makes ``kernel(values, *params, out=None)`` of a loop ``row(values, *params,
  out)``: one number a step. With ``width=1`` the loop writes ``out[0]``, one number a row; with
  ``width=k`` it writes ``out[0] ... out[k - 1]``. With ``rows=2`` the first two arguments are rows.
- The same source is run by Python (a row is a memoryview of plain numbers) and by numba. To give
  equal bits it must not divide by zero, must not take a log or root of what has none, and must not
  overflow ``math.exp``: Python raises where numba answers NaN or inf. ``x * x`` is not ``x ** 2``.
- A plain function that the loop calls by a name of its module is compiled along with it, and so are
  those that it calls. ``np.empty`` makes scratch; write it before it is read.
- A loop that gives one number a step is not run on rows without steps; with `width` it is.
- A row is of bool, int32, int64 or float64: every other type is widened first, by the row.
- `cost` is the work of one step, in steps of a loop as simple as ``run_lengths``.

Why threads of Python and not ``prange``, and more of what was tried: docs/decisions/0003.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import itertools
import threading
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

Scalar = TypeVar("Scalar", bound=np.generic)
Result_co = TypeVar("Result_co", bound=np.generic, covariant=True)
Row: TypeAlias = npt.NDArray[Any]
Arrays: TypeAlias = list[npt.NDArray[Any]]
Loop: TypeAlias = Callable[..., None]

# Steps that Python runs in about the time in which numba is imported and a kernel compiled: the
# work that one kernel is given so far is interpreted up to here. At worst it takes twice as long.
LEAST_WORK = 5_000_000
LEAST_CALL = 1_000  # below, a call is interpreted even if the kernel is compiled
LEAST_PIECE = 100_000  # steps for which another thread is worth while

# One driver goes row by row. The other copies some rows at a time first, where a row is not
# contiguous, as in a wide DataFrame: otherwise each cache line would be fetched once for each row.
DIRECT = """
def {name}({given}, out, first, last):
    for i in range(first, last):
        loop({picked}, out[i])
"""
BLOCKS = """
def {name}({given}, out, first, last):
    steps = x0.shape[1]
    room = max(8, min(64, 65536 // max(steps, 1)))
    {rooms}
    for start in range(first, last, room):
        size = min(room, last - start)
        for t in range(steps):
            for i in range(size):
                {copies}
        for i in range(size):
            loop({picked}, out[start + i])
"""


class Kernel(Protocol, Generic[Result_co]):
    """A function of real arrays of shape (..., n_time), with numbers or arrays as parameters."""

    @property
    def __name__(self) -> str: ...

    @property
    def dtype(self) -> np.dtype[Any]: ...

    @property
    def width(self) -> int | None: ...

    @property
    def __wrapped__(self) -> Loop: ...

    @property
    def interpreted(self) -> Callable[..., npt.NDArray[Result_co]]: ...  # the same, by Python

    @property
    def compiled(self) -> Callable[..., npt.NDArray[Result_co]]: ...  # the same, by numba

    def __call__(
        self, values: npt.ArrayLike, *params: Any, **named: Any
    ) -> npt.NDArray[Result_co]: ...


def rowwise(
    dtype: type[Scalar], *, width: int | None = None, rows: int = 1, cost: float = 1.0
) -> Callable[[Loop], Kernel[Scalar]]:
    """Turn ``row(values, *params, out)``, a loop over one row, into a function of arrays.

    Parameters
    ----------
    dtype : type
        Of the answer.
    width : int, optional
        How many numbers a row gives. By default one a step. With 1 the answer has shape (...), with
        k shape (..., k).
    rows : int
        How many of the first arguments are rows. They are broadcast together without being copied:
        one exposure of shape (n_time,) serves all rows.
    cost : float
        The work of one step, in steps of a loop as simple as ``run_lengths``.

    Returns
    -------
    Kernel
        ``kernel(values, *params, out=None)`` fills and returns `out`. It is interpreted while the
        work is small and compiled when it is large; ``kernel.interpreted`` and ``kernel.compiled``
        are the same, forced.
    """

    def decorate(row: Loop) -> Kernel[Scalar]:
        *given, last = inspect.signature(row).parameters.values()
        given[:rows] = [part.replace(annotation="ArrayLike") for part in given[:rows]]
        last = last.replace(default=None, annotation="NDArray | None")
        signature = inspect.Signature([*given, last], return_annotation="NDArray")

        def by(run: Callable[[Arrays, list[Any], Row], None]) -> Callable[..., Any]:
            @functools.wraps(row)
            def kernel(*args: Any, **named: Any) -> Any:
                bound = signature.bind(*args, **named)
                bound.apply_defaults()
                *values, out = bound.arguments.values()
                arrays = [np.require(array, requirements="A") for array in values[:rows]]
                if rows > 1:
                    arrays = list(np.broadcast_arrays(*arrays))
                shape = arrays[0].shape
                if width is not None:
                    shape = shape[:-1] if width == 1 else (*shape[:-1], width)
                answer = _room(row.__name__, shape, np.dtype(dtype), out)
                if answer.size and (arrays[0].size or width is not None):
                    run(arrays, values[rows:], answer[..., None] if width == 1 else answer)
                return answer[()] if out is None else out

            kernel.__signature__ = signature  # type: ignore[attr-defined]
            return kernel

        machine = _Machine(row, rows, cost)
        kernel = by(machine.run)
        kernel.dtype, kernel.width = np.dtype(dtype), width  # type: ignore[attr-defined]
        kernel.interpreted = by(machine.interpret)  # type: ignore[attr-defined]
        kernel.compiled = by(machine.compute)  # type: ignore[attr-defined]
        return kernel  # type: ignore[return-value]

    return decorate


def _room(
    name: str, shape: tuple[int, ...], dtype: np.dtype[Any], out: Row | None
) -> npt.NDArray[Any]:
    if out is None:
        return np.empty(shape, dtype)
    if not isinstance(out, np.ndarray) or (out.shape, out.dtype) != (shape, dtype):
        found = f"{getattr(out, 'dtype', type(out).__name__)} of shape {getattr(out, 'shape', '?')}"
        raise ValueError(
            f"{name}: out is {found}, and the answer {dtype} of shape {shape}. "
            f"Give np.empty({shape}, np.{dtype}), or leave out away."
        )
    return out


def _held(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """One of the four types that loops are run on: the narrowest that holds all of `dtype`."""
    for held in (np.bool_, np.int32, np.int64, np.float64):
        if np.can_cast(dtype, held):
            return np.dtype(held)
    return np.dtype(np.float64)  # of uint64, rounded beyond 2**53


class _Machine:
    """Runs one loop on all rows: by Python, or by numba."""

    def __init__(self, loop: Loop, rows: int, cost: float) -> None:
        self.loop, self.rows, self.cost = loop, rows, cost
        self.done: dict[tuple[object, ...], float] = {}  # work so far, by what is compiled apart
        self.drivers: dict[tuple[str, int], Loop] = {}

    def run(self, arrays: Arrays, params: list[Any], out: Row) -> None:
        work = self.cost * arrays[0].size
        key = (*(_held(array.dtype) for array in arrays), _contiguous(arrays[0]))
        self.done[key] = self.done.get(key, 0) + work
        if work < LEAST_CALL or self.done[key] < LEAST_WORK or _numba() is None:
            self.interpret(arrays, params, out)
        else:
            self.compute(arrays, params, out)

    def interpret(self, arrays: Arrays, params: list[Any], out: Row) -> None:
        # Items of a memoryview are plain numbers: faster than NumPy's, and they never warn.
        plain = [p.data if isinstance(p, np.ndarray) else p for p in _simple(params)]
        held = [_held(array.dtype) for array in arrays]
        with np.errstate(all="ignore"):  # for scratch, whose items are NumPy's
            for index in np.ndindex(out.shape[:-1]):
                given = (a[index].astype(h, copy=False) for a, h in zip(arrays, held, strict=True))
                self.loop(*(row.data for row in given), *plain, out[index].data)

    def compute(self, arrays: Arrays, params: list[Any], out: Row) -> None:
        if out.ndim > 2 and not all(map(_contiguous, [*arrays, out])):
            for parts in zip(*arrays, out, strict=True):  # no reshape without a copy
                self.compute(list(parts[:-1]), params, parts[-1])
            return
        n = out.size // out.shape[-1]
        tables = [array.reshape(n, array.shape[-1]) for array in arrays]
        table = out.reshape(n, out.shape[-1])
        held = [_held(array.dtype) for array in arrays]
        simple = _simple(params)
        if all(a.dtype == h for a, h in zip(arrays, held, strict=True)):
            self.spread(tables, simple, table)
            return
        step = max(1, 2**20 // max(1, arrays[0].shape[-1]))  # widened by the block, not as a whole
        for a in range(0, len(table), step):
            wide = [t[a : a + step].astype(h, order="C") for t, h in zip(tables, held, strict=True)]
            self.spread(wide, simple, table[a : a + step])

    def spread(self, tables: Arrays, params: list[Any], out: Row) -> None:
        """Share the rows out to threads."""
        shared = [table.strides[0] == 0 for table in tables[1:]]
        direct = all(_contiguous(t) or s for t, s in zip(tables, [False, *shared], strict=True))
        driver = self.driver(DIRECT if direct else BLOCKS, len(params))
        given = [_read_only(table) for table in tables]
        threads = _numba().config.NUMBA_NUM_THREADS
        work = self.cost * tables[0].size
        pieces = int(min(len(out), 8 * threads, work // LEAST_PIECE)) or 1
        edges = [len(out) * k // pieces for k in range(pieces + 1)]
        todo = list(itertools.pairwise(edges))
        _in_threads(lambda a, b: driver(*given, *params, out, a, b), todo, min(threads, pieces))

    def driver(self, template: str, n_params: int) -> Loop:
        """Build the loop over rows ``first ... last - 1``, compiled and kept in numba's cache."""
        key = (template, n_params)
        if key not in self.drivers:
            self.drivers[key] = self.build(*key)
        return self.drivers[key]

    def build(self, template: str, n_params: int) -> Loop:
        xs, ps = [f"x{k}" for k in range(self.rows)], [f"p{k}" for k in range(n_params)]
        rooms = [f"y{k} = np.empty((room, steps), {x}.dtype)" for k, x in enumerate(xs)]
        copies = [f"y{k}[i, t] = {x}[start + i, t]" for k, x in enumerate(xs)]
        picked = [f"{x}[i]" for x in xs] if template is DIRECT else [f"y{x[1:]}[i]" for x in xs]
        source = template.format(
            # The name is what numba's cache goes by: it holds all that the file's time does not.
            name=f"{self.loop.__name__}_{_digest(self.loop, template)}",
            given=", ".join([*xs, *ps]),
            rooms="; ".join(rooms),
            copies="; ".join(copies),
            picked=", ".join([*picked, *ps]),
        )
        scope = {"np": np, "loop": _compiled(self.loop), "__name__": self.loop.__module__}
        exec(compile(source, inspect.getfile(self.loop), "exec"), scope)
        driver = next(value for key, value in scope.items() if key.startswith(self.loop.__name__))
        options = {"nogil": True, "error_model": "numpy"}
        try:
            return _numba().njit(cache=True, **options)(driver)  # type: ignore[no-any-return]
        except RuntimeError:  # no folder can be written to
            return _numba().njit(**options)(driver)  # type: ignore[no-any-return]


def _simple(params: list[Any]) -> list[Any]:
    """Parameters of few types, so that loops are compiled for few."""
    return [
        _read_only(np.ascontiguousarray(p, _held(p.dtype)))
        if isinstance(p, np.ndarray)
        else p.item()
        if isinstance(p, np.generic)
        else p
        for p in params
    ]


def _read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    view = array.view()
    view.flags.writeable = False  # numba compiles for these apart: so that all are alike
    return view


def _contiguous(array: npt.NDArray[Any]) -> bool:
    return array.flags.c_contiguous


def _in_threads(run: Loop, todo: list[tuple[int, int]], threads: int) -> None:
    # Threads are started anew by each call (0.1 ms): a pool would be shared with forked processes.
    errors: list[BaseException] = []

    def work() -> None:
        while todo and not errors:
            try:
                piece = todo.pop()
            except IndexError:
                return
            try:
                run(*piece)
            except BaseException as error:
                errors.append(error)

    others = [threading.Thread(target=work) for _ in range(threads - 1)]
    for thread in others:
        thread.start()
    work()
    for thread in others:
        thread.join()
    if errors:
        raise errors[0]


@functools.cache
def _numba() -> Any:
    """Import numba when it is first needed; None, with a hint, where that cannot be."""
    try:
        import numba
        from numba import config
    except Exception as error:
        warnings.warn(
            f"trends.kernels: numba cannot be imported ({error}), so large arrays are worked by "
            "plain Python, about 100 times slower. Install it: pip install numba.",
            stacklevel=2,
        )
        return None
    return None if getattr(config, "DISABLE_JIT", False) else numba


def _called(loop: Loop) -> Iterator[tuple[str, Loop]]:
    for name in loop.__code__.co_names:
        value = loop.__globals__.get(name)
        if isinstance(value, types.FunctionType):
            yield name, value


@functools.cache
def _compiled(loop: Loop) -> Loop:
    """Compile a plain function together with the plain functions that it calls."""
    scope = {**loop.__globals__, **{name: _compiled(step) for name, step in _called(loop)}}
    twin = types.FunctionType(loop.__code__, scope, loop.__name__, loop.__defaults__)
    twin.__module__ = loop.__module__
    return _numba().njit(nogil=True, error_model="numpy")(twin)  # type: ignore[no-any-return]


def _digest(loop: Loop, template: str) -> str:
    """Tell apart what a compiled loop was made of: its code and constants, and what it calls."""
    code = loop.__code__
    values = {name: loop.__globals__.get(name) for name in code.co_names}
    plain = {k: v for k, v in values.items() if isinstance(v, bool | int | float | str | tuple)}
    own = repr((code.co_code, code.co_consts, code.co_names, plain, template))
    steps = "".join(_digest(step, "") for _, step in _called(loop))
    return hashlib.sha256((own + steps).encode()).hexdigest()[:12]
