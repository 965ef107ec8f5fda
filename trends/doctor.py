"""Is this installation sound? It needs nothing but Python, so it answers when pandas cannot."""

from __future__ import annotations

import base64
import hashlib
import importlib
import importlib.metadata
import json
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path

__all__ = ["Finding", "examine"]

OURS = "attack-trends"
HERE = Path(__file__).resolve().parent
REINSTALL = (
    f"Run `python -m pip uninstall trends {OURS}`, then `python -m pip install {OURS}` "
    "(in a checkout: `python -m pip install -e .`)."
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Parameters
    ----------
    name : str
        What was looked at.
    ok : bool
        Whether it is as it should be.
    found : str
        What is there.
    advice : str
        What to do about it; empty if `ok`.
    """

    name: str
    ok: bool
    found: str
    advice: str = ""


def examine() -> list[Finding]:
    """Look over the installation.

    Returns
    -------
    list of Finding
        Python, the distribution and its files, whatever else installs a folder `trends`, each
        dependency, and the bundled data. All are sound if every `ok` is true.

    Examples
    --------
    >>> [finding.name for finding in examine()][:2]
    ['Python', 'attack-trends']
    """
    ours = _distribution(OURS)
    return [
        _python(ours),
        _own(ours),
        _rivals(),
        *_dependencies(ours),
        _data(),
    ]


def _distribution(name: str) -> Distribution | None:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    """Leading numbers of a version without closing zeros: '2.2.0rc1' is (2, 2)."""
    digits = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(part) for part in digits[0].split(".")] if digits else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _python(ours: Distribution | None) -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    needed = (ours.metadata["Requires-Python"] or "" if ours else "").removeprefix(">=")
    ok = sys.version_info[:3] >= _numbers(needed)
    advice = "" if ok else f"Make a new environment with Python {needed} or newer."
    return Finding("Python", ok, found, advice)


def _own(ours: Distribution | None) -> Finding:
    """Whether our files are as they were installed; an editable install lists none of them."""
    if ours is None:
        return Finding(OURS, False, f"not installed; its files lie in {HERE}", REINSTALL)
    foreign = [
        str(file)
        for file in ours.files or ()
        if file.parts[0] == "trends"
        and file.hash is not None
        and file.hash.mode == "sha256"
        and _sha256(Path(str(file.locate()))) != file.hash.value
    ]
    if foreign:
        more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
        found = f"{ours.version}, but changed or missing: {', '.join(foreign[:3])}{more}"
        return Finding(OURS, False, found, REINSTALL)
    return Finding(OURS, True, f"{ours.version} in {HERE}")


def _sha256(path: Path) -> str | None:
    try:
        digest = hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return None
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _rivals() -> Finding:
    """Whether another distribution installs a folder `trends`, as the one of that name does."""
    rivals = sorted(
        {
            f"{name} {distribution.version}"
            for distribution in importlib.metadata.distributions()
            if (name := distribution.metadata["Name"]) is not None
            and re.sub(r"[-_.]+", "-", name).lower() != OURS
            and (name.lower() == "trends" or _installs_trends(distribution))
        }
    )
    if rivals:
        found = f"the folder trends/ also belongs to {', '.join(rivals)}"
        advice = f"That is an unrelated package, and one of the two spoils the other. {REINSTALL}"
        if any(not rival.lower().startswith("trends ") for rival in rivals):
            advice += " Keep the other package in an environment of its own."
        return Finding("folder trends/", False, found, advice)
    return Finding("folder trends/", True, "nothing else installs it")


def _installs_trends(distribution: Distribution) -> bool:
    record = distribution.read_text("RECORD") or ""
    return record.startswith("trends/") or "\ntrends/" in record


def _dependencies(ours: Distribution | None) -> Iterator[Finding]:
    for requirement in (ours.requires or []) if ours else []:
        if "extra ==" not in requirement:
            name, _, floor = requirement.partition(";")[0].strip().partition(">=")
            yield _dependency(name.strip(), floor.strip())


def _dependency(name: str, floor: str) -> Finding:
    wanted = f"{name}>={floor}" if floor else name
    advice = f"Run `python -m pip install --upgrade '{wanted}'`."
    distribution = _distribution(name)
    if distribution is None:
        return Finding(name, False, "not installed", advice)
    if _numbers(distribution.version) < _numbers(floor):
        return Finding(name, False, f"{distribution.version}, older than {floor}", advice)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # old releases warn of newer ones, and work
            importlib.import_module(name)
    except Exception as error:  # whatever a broken installation raises
        found = f"{distribution.version}, but import fails: {type(error).__name__}: {error}"
        advice = f"Run `python -m pip install --force-reinstall '{wanted}'`."
        return Finding(name, False, found, advice)
    return Finding(name, True, distribution.version)


def _data() -> Finding:
    for folder in (HERE / "_data", HERE.parent / "datasets"):
        card = folder / "datapackage.json"
        if card.is_file():
            return _data_in(folder, card)
    found = f"no datapackage.json in {HERE / '_data'} or {HERE.parent / 'datasets'}"
    return Finding("data sets", False, found, REINSTALL)


def _data_in(folder: Path, card: Path) -> Finding:
    try:
        paths = [str(each["path"]) for each in json.loads(card.read_text("utf-8"))["resources"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        found = f"{card} cannot be read: {type(error).__name__}: {error}"
        return Finding("data sets", False, found, REINSTALL)
    missing = [path for path in paths if not (folder / path).is_file()]
    if missing or not paths:
        found = f"{folder} lacks {', '.join(missing) or 'every data set'}"
        return Finding("data sets", False, found, REINSTALL)
    return Finding("data sets", True, f"{len(paths)} in {folder}")
