"""Fixtures shared by all tests, and the rule that none of them uses a network."""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real source files that lies beside a checkout, where it is present."""
    folder = ROOT.parent / "shared"
    if not (folder / "data" / "SOURCES.md").is_file():
        pytest.skip("the real source files (../shared) are not beside this checkout")
    return folder


class NetworkUse(OSError):
    """A test reached for another machine."""


used: list[str] = []  # by this process; the doings of other programs and of libpq are not seen
_HOST_AT = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
_HOST_AT |= {"socket.getaddrinfo": 0, "socket.gethostbyname": 0}
_HERE = {"", "localhost", socket.gethostname()}


def _stay_here(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _HOST_AT:
        return
    host = arguments[_HOST_AT[event]]
    if isinstance(host, tuple):  # else it is the path of a socket in the file system
        host = host[0] if host else ""
    elif event not in ("socket.getaddrinfo", "socket.gethostbyname"):
        return
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    try:
        inside = ipaddress.ip_address(name.partition("%")[0]).is_loopback or name == "0.0.0.0"
    except ValueError:
        inside = name in _HERE
    if not inside:
        used.append(f"{event} {name}")
        raise NetworkUse(f"no test may use a network, and this one does: {event} {name}")


sys.addaudithook(_stay_here)


@pytest.fixture(autouse=True)
def network_use() -> Iterator[list[str]]:
    """Fail a test that reached for a network, even where the error was caught."""
    used.clear()
    yield used
    found = [*used]
    used.clear()
    assert not found, f"no test may use a network, and this one does: {found}"
