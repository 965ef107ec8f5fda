"""Nothing is fetched: not by a test, not by a loader, whatever stands where a path should."""

from __future__ import annotations

import inspect
import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import trends
from trends import loaders
from trends.errors import TrendsError
from trends.loaders import LOADERS, load_file, load_table
from trends.report import read_config, read_facts
from trends.scale import scan_parquet
from trends.vintages import Store

hits: list[str] = []


class Counting(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"month,value\n2025-05,1\n2025-06,2\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:  # of every request, of any kind
        hits.append(self.path)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of this machine that notes what it is asked for."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Counting) as started:
        thread = threading.Thread(target=started.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{started.server_address[1]}"
        started.shutdown()
        thread.join()


def test_the_server_would_note_a_request(server: str) -> None:
    hits.clear()
    assert urllib.request.urlopen(f"{server}/x.csv", timeout=5).status == 200
    assert hits == ["/x.csv"]


ADDRESSES = (
    "{server}/x.csv", "{server}/x.parquet", "{server}/x.xlsx", "{server}/x.json", "{server}/x",
    "HTTP{rest}/x.csv", "https://192.0.2.1/x.csv", "ftp://192.0.2.1/x.csv", "s3://bucket/x.parquet",
    "gs://bucket/x.csv", "hdfs://host/x.parquet", "file:///etc/passwd", "file://{folder}/x.csv",
    "data:text/csv,month,value", "//192.0.2.1/x.csv", "jar:file:///x.zip!/x.csv",
    "zip://x.csv::{server}/x.zip", "simplecache::{server}/x.csv",
)  # fmt: skip


@pytest.mark.parametrize("form", ADDRESSES)
def test_an_address_where_a_path_should_be(form: str, server: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("month,value\n2025-05,1\n2025-06,2\n")
    address = form.format(server=server, rest=server[4:], folder=tmp_path)
    hits.clear()
    calls = {
        "load_table": lambda: load_table(address, month="month", value="value", unit="x"),
        "with a query": lambda: load_table(
            address, month="month", value="value", unit="x", query="SELECT * FROM x"
        ),
        "load_file": lambda: load_file(address, LOADERS),
        "load": lambda: trends.load(address),
        "Store": lambda: Store.open(address, read_only=True),
        "scan": lambda: scan_parquet(address, tmp_path / "out.parquet"),
        "read_facts": lambda: read_facts(address),
        "read_config": lambda: read_config(address),
    }
    for name in loaders.__all__:
        loader = getattr(loaders, name)
        if name.startswith("load_") and name not in calls and inspect.isfunction(loader):
            calls[name] = lambda loader=loader: loader(address, **_needed(loader))
    for name, call in calls.items():
        with pytest.raises(TrendsError) as found:
            call()
        assert name
        assert "root:" not in str(found.value)
    assert hits == []


def _needed(loader: Any) -> dict[str, str]:
    """Something for each option that has no default."""
    named = list(inspect.signature(loader).parameters.values())[1:]
    return {
        each.name: "flow" if each.name == "kind" else "x"
        for each in named
        if each.default is each.empty and each.kind is each.KEYWORD_ONLY
    }


@pytest.mark.parametrize("path", ["http://192.0.2.1/x.csv", "s3://b/x.parquet", "file:///x.csv"])
def test_the_error_says_to_download_first(path: str) -> None:
    with pytest.raises(TrendsError, match="Nothing is fetched from an address: download the file"):
        load_table(path, month="month", value="value", unit="x")
    with pytest.raises(TrendsError, match="Nothing is fetched from an address: download the file"):
        load_file(path, LOADERS)


def test_duckdb_fetches_neither_file_nor_extension(server: str) -> None:
    pytest.importorskip("duckdb_engine", reason="duckdb-engine is not installed")
    hits.clear()
    query = f"SELECT * FROM read_csv('{server}/x.csv')"
    with pytest.raises(TrendsError) as found:
        load_table("duckdb:///:memory:", month="month", value="value", unit="x", query=query)
    assert "download" not in str(found.value).partition("Install")[0].lower()
    assert hits == []


@pytest.mark.parametrize(
    "line",
    [
        'data = "http://127.0.0.1:1/x.csv"',
        'data = "https://example.org/x.csv"',
        'data = "postgresql://user:geheim@10.0.0.1/x"',
        'data = "file:///etc/passwd"',
        'data = "drones-launched"\nanomalies = "http://169.254.169.254/latest/meta-data"',
        'data = "drones-launched"\nstore = "http://127.0.0.1/x"',
        'data = "drones-launched"\nstore = "postgresql://user:geheim@127.0.0.1/x"',
        'data = "drones-launched"\nstore = "postgresql:///x?host=10.0.0.1&password=geheim"',
        'data = "drones-launched"\nstore = "postgresql:///x?service=y"',
    ],
)
def test_no_address_in_a_report_toml(line: str, tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_text(f"[[series]]\n{line}\n")
    with pytest.raises(
        TrendsError, match=r"report\.toml: \[\[series\]\] 1: (data|anom|store)"
    ) as e:
        read_config(path)
    assert "geheim" not in str(e.value)


def test_a_store_on_a_server_is_named_without_its_host(tmp_path: Path) -> None:
    path = tmp_path / "report.toml"
    path.write_text('[[series]]\ndata = "drones-launched"\nstore = "postgresql:///trends"\n')
    assert read_config(path).series[0]["store"] == "postgresql:///trends"


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "10.0.0.1", "2001:db8::1"])
def test_a_test_that_uses_a_network_would_fail(host: str, network_use: list[str]) -> None:
    with pytest.raises(OSError, match="no test may use a network"):
        socket.create_connection((host, 80), timeout=0.01)
    with (
        pytest.raises(OSError, match="no test may use a network"),
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
    ):
        udp.sendto(b"x", ("192.0.2.1", 53))
    assert len(network_use) == 2  # so it fails even where the error is caught
    network_use.clear()


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has namespaces")
def test_the_commands_work_where_there_is_no_network_at_all(tmp_path: Path) -> None:
    program = shutil.which("unshare")
    if program is None or subprocess.run([program, "-n", "true"], check=False).returncode:
        pytest.skip("this user may not unshare the network")
    for command in (["report", "2025-06", "--out", "r"], ["doctor"], ["compare"]):
        done = subprocess.run(
            [program, "-n", sys.executable, "-m", "trends", *command],
            cwd=tmp_path,
            env=dict(os.environ),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
