"""What a report of a problem should begin with: versions of all that takes part."""

from __future__ import annotations

import importlib.metadata
import locale
import platform
import re
import sys

from trends.doctor import OURS

__all__ = ["find_versions", "show_versions"]

_NOT_FOR_USERS = {"dev", "docs"}


def find_versions() -> dict[str, str]:
    """Versions of Python, the system, and each dependency, required or optional.

    Nothing is imported: a version is that of the installed distribution, so that this answers
    where an import fails. `trends.doctor` imports them, and says what to do.

    Returns
    -------
    dict of str to str
        What is not installed says so, and an optional dependency the extra that brings it.

    Examples
    --------
    >>> list(find_versions())[:4]
    ['attack-trends', 'python', 'system', 'locale']
    """
    return {
        OURS: _version(OURS),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": platform.platform(),
        "locale": f"{locale.setlocale(locale.LC_CTYPE)}, {locale.getpreferredencoding(False)}",
        **{name: _version(name, extras) for name, extras in sorted(_dependencies().items())},
    }


def show_versions() -> None:
    """Print `find_versions` as a table, to be pasted into a report of a problem.

    Examples
    --------
    >>> show_versions()
    attack-trends    ...
    python           CPython 3...
    """
    found = find_versions()
    width = max(map(len, found)) + 2
    sys.stdout.write("".join(f"{name:<{width}}{what}\n" for name, what in found.items()))


def _dependencies() -> dict[str, list[str]]:
    """The extras that bring each dependency; none if it is required."""
    try:
        needed = importlib.metadata.requires(OURS) or []
    except importlib.metadata.PackageNotFoundError:
        return {}
    found: dict[str, list[str]] = {}
    for requirement in needed:
        name = re.match(r"[\w.-]+", requirement)
        extra = re.search(r"""extra\s*==\s*["']([\w.-]+)["']""", requirement)
        if name is None or (extra and extra[1] in _NOT_FOR_USERS):
            continue
        found.setdefault(name[0], []).extend([extra[1]] if extra else [])
    return found


def _version(name: str, extras: list[str] | None = None) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        bring = " or ".join(f"pip install '{OURS}[{extra}]'" for extra in extras or ())
        return f"not installed ({bring})" if bring else "not installed"
