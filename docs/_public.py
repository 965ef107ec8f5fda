"""What the reference lists: the public functions and classes of a module."""

import importlib
import inspect
import pkgutil


def public(module: str) -> list[str]:
    """The functions and classes of a module, as one calls them; those of ``trends`` by that name.

    Registries and types of arrays are left out: they have no docstring of their own. What a module
    holds whose name is that of a function (``trends.report``) stands with ``trends``.
    """
    if module == "trends":
        return sorted({*_public("trends"), *(name for home in hidden() for name in _public(home))})
    return sorted(_public(module))


def hidden() -> list[str]:
    """The modules of which `trends` hands on a function of the same name."""
    top = importlib.import_module("trends")
    inside = {entry.name for entry in pkgutil.iter_modules(top.__path__)}
    return [f"trends.{name}" for name in top.__all__ if name in inside]


def _public(module: str) -> list[str]:
    face = set(importlib.import_module("trends").__all__)
    home = importlib.import_module(module)
    names = getattr(home, "__all__", None)
    if names is None:
        names = [
            name for name, value in vars(home).items()
            if getattr(value, "__module__", "") == module
        ]  # fmt: skip
    return [
        f"{'trends' if name in face else module}.{name}"
        for name in names
        if not name.startswith("_")
        and (inspect.isclass(thing := getattr(home, name)) or inspect.isroutine(thing))
    ]
