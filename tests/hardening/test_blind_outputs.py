"""Hostile texts, numbers, names and situations that the writers of the outputs did not choose."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hardening import blind_oracles as oracle
from hardening.corpus_blind_outputs import (
    LOGOS,
    NAMES,
    NUMBERS,
    PREVIOUS,
    TERMINAL,
    TEXTS,
    TOML,
    UNICODE,
)

import trends
from trends import cli
from trends.errors import TrendsError
from trends.panel import Anomaly, Panel
from trends.plots import alt_text, plot, png_bytes, svg_text
from trends.report import Report, Terms, diff, read_facts, report
from trends.writing import csv_text, write_files

MONTHS = pd.period_range("2024-04", "2025-06", freq="M")
VALUES = [12.0, 18, 17, 16, 20, 22, 21, 19, 25, 24, 23, 27, 31, 36, 40]
FIELDS = ("name", "unit", "quantity", "definition", "source", "metric", "adds_up_to", "note")
FIELDS += ("of_note", "title", "licence", "citation")
LANGUAGES = ("en", "fr", "uk")
TOGETHER = 25
ALL = list(TEXTS.values())
CHUNKS = [ALL[k : k + TOGETHER] for k in range(0, len(ALL), TOGETHER)]
IDS = list(TEXTS)


@pytest.fixture(autouse=True)
def _letters_that_no_font_has() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        warnings.filterwarnings("ignore", "constrained_layout not applied")
        yield


def panel(*, notes: tuple[str, ...] = (), **texts: str) -> Panel:
    about = dict.fromkeys(FIELDS, "zorps") | texts
    splice = Anomaly(MONTHS[5], MONTHS[5], "splice", about["note"], about["of_note"])
    return Panel(
        [VALUES],
        MONTHS,
        [about["name"]],
        **{key: about[key] for key in FIELDS[1:7]},  # type: ignore[arg-type]
        anomalies=(splice,),
        notes=notes,
    )


def made(language: str, notes: tuple[str, ...] = (), **texts: str) -> Report:
    terms = Terms(texts.pop("licence", "zorps"), texts.pop("citation", "zorps"))
    title = texts.pop("title", "zorps")
    return report(
        panel(notes=notes, **texts), "2025-06", title=title, language=language, terms=[terms]
    )


@cache
def harmless(language: str, n_notes: int) -> tuple[Report, oracle.Page, dict[str, Any]]:
    """The same with words: what is not text in it is the library's own."""
    usual = made(language, tuple(f"zorps {k}" for k in range(n_notes)))
    return usual, oracle.Page(usual.to_html()), usual.files(("csv", "svg", "png"))


def faults_of(found: Report, texts: list[str], language: str, n_notes: int) -> list[str]:
    """What is wrong with any file of a report, the PDF aside."""
    usual, page, files = harmless(language, n_notes)
    html, markdown = found.to_html(), found.to_markdown()
    faults = oracle.faults_of_page(html, texts[0], page, set())
    for text in texts[1:]:
        faults += oracle.missing(oracle.Page(html).text, text, squeezed=True)
    faults += oracle.faults_of_markdown(markdown, texts[0], usual.to_markdown())
    shown = oracle.tokens_of(markdown)[1]
    faults += [each for text in texts for each in oracle.missing(shown, text, squeezed=True)]
    faults += oracle.faults_of_json(found.to_json())
    faults += oracle.faults_of_fragment(found._repr_html_(), texts[0], back=False)
    faults += oracle.faults_of_shown(f"{found!r} {found.headline}", texts[0], back=False)
    for (name, written), known in zip(
        found.files(("csv", "svg", "png")).items(), files.values(), strict=True
    ):
        if name.endswith(".csv"):
            faults += oracle.faults_of_csv(str(written), known)
        elif name.endswith(".svg"):
            faults += oracle.faults_of_svg(str(written), "", back=False)
        else:
            faults += size_faults(written, known)
    return faults


def size_faults(picture: Any, usual: Any) -> list[str]:
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as one, Image.open(io.BytesIO(usual)) as other:
        one.load()
        words = " ".join(map(str, one.info.values()))
        return ["another size"] * (one.size != other.size) + oracle.steering(words)


SLOW = pytest.mark.slow
USUAL = (0, 4)  # markup, and the letters that steer; a report takes two seconds


@pytest.mark.parametrize(
    "k", [k if k in USUAL else pytest.param(k, marks=SLOW) for k in range(len(CHUNKS))]
)
def test_texts_in_a_report(k: int) -> None:
    texts, language = CHUNKS[k], LANGUAGES[k % 3]
    placed = {field: texts[n] for n, field in enumerate(FIELDS) if n < len(texts)}
    found = made(language, tuple(texts), **placed)
    assert faults_of(found, texts, language, len(texts)) == []
    facts = json.loads(found.to_json())
    assert facts["series"][0]["notes"] == [oracle_whole(text) for text in texts]


def oracle_whole(text: str) -> str:
    """A text that can be written: half a character becomes its number."""
    return "".join(f"\\u{ord(c):04x}" if 0xD800 <= ord(c) < 0xE000 else c for c in text)


@pytest.mark.slow
@pytest.mark.parametrize("name", IDS)
def test_a_text_in_every_field(name: str) -> None:
    text, language = TEXTS[name], LANGUAGES[IDS.index(name) % 3]
    found = made(language, (text,), **dict.fromkeys(FIELDS, text))
    assert faults_of(found, [text], language, 1) == []


@pytest.mark.parametrize("name", IDS)
def test_a_text_that_is_printed_and_shown_in_a_notebook(name: str) -> None:
    text = TEXTS[name]
    one = panel(notes=(text,), **dict.fromkeys(FIELDS[:9], text))
    (claim,) = trends.propose(one, "2025-06")[:1]
    verdict, records = claim.check(one), trends.find_records(one, least=3)
    back = bool(text.strip())
    assert oracle.faults_of_shown(claim.sentence(), text, back=back) == []
    for each in (one, records, verdict):
        shown = f"{each!s}\n{each!r}" if each is not verdict else str(each)
        assert oracle.faults_of_shown(shown, text, back=False) == []
        html = each._repr_html_()
        assert oracle.faults_of_fragment(html, text, back=back and each is one) == []
    assert oracle.faults_of_fragment(claim._repr_html_(), text, back=back) == []
    one.frame()


@pytest.mark.slow
@pytest.mark.parametrize("name", IDS)
def test_a_text_in_charts(name: str) -> None:
    import matplotlib.pyplot as plt

    text = TEXTS[name]
    one = panel(**dict.fromkeys(FIELDS[:9], text))
    for ax in (
        plot(one),
        plot(one, "year"),
        plot({"a": one, text: one}, title=text, subtitle=text, source=text),
        trends.compare({text: one, "other": one}).plot(),
    ):
        assert oracle.faults_of_svg(svg_text(ax), "", back=False) == []
        assert oracle.faults_of_shown(alt_text(ax), text, back=False) == []
        assert len(png_bytes(ax)) < 1_000_000
    plt.close("all")


@pytest.mark.slow
@pytest.mark.skipif(find_spec("typst") is None, reason="typst is not installed")
@pytest.mark.parametrize("name", IDS)
def test_a_text_in_the_pdf(name: str) -> None:
    import shutil
    import subprocess

    text, reader = TEXTS[name], shutil.which("pdftotext")
    found = made(LANGUAGES[IDS.index(name) % 3], (text,), **dict.fromkeys(FIELDS, text))
    try:
        pdf = found.to_pdf()
    except TrendsError as error:  # as the documentation says
        if text.isascii() or "could not be displayed with font" not in str(error):
            raise
        return
    if reader is None:
        pytest.skip("no pdftotext")
    done = subprocess.run([reader, "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    said = done.stdout.decode().replace("\n", "").replace("\f", "")
    assert "root:x:" not in said
    # a reader of PDF turns brackets between letters that run from right to left, drops fillers, and
    # takes pages for words
    if text.isascii() and text.isprintable() and len(text) < 2_000:
        assert oracle.missing(said, text, squeezed=True) == []


@pytest.mark.parametrize("name", IDS)
def test_a_cell_of_a_csv_file(name: str) -> None:
    text = TEXTS[name]
    usual = csv_text([["month", "zorps", "n"], ["2025-06", "zorps", -5.0]])
    written = csv_text([["month", text, "n"], ["2025-06", text, -5.0]])
    assert oracle.faults_of_csv(written, usual) == []


# --- numbers -------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.filterwarnings("ignore:(overflow|invalid value) encountered:RuntimeWarning")
def test_numbers_are_the_same_in_the_files(name: str) -> None:
    values = NUMBERS[name]
    whole = all(isinstance(value, int) for value in values)
    given = np.array([values], dtype=np.int64 if whole else float)
    found = report(Panel(given, MONTHS[:4], ["zorps"], unit="u", definition="D"), MONTHS[3])
    files = found.files(("csv", "svg"))
    read = oracle.rows_of(str(files["zorps-chart.csv"]))[1:]
    history = json.loads(found.to_json())["series"][0]["history"]
    for row, fact, value in zip(read, history, values, strict=True):
        if value != value:
            assert (row[1], fact["value"]) == ("", None)
        else:
            number = int(row[1]) if whole else float(row[1])
            assert (number, fact["value"]) == (value, value)
    found.to_html()


# --- names, folders, files -----------------------------------------------------------------------
@pytest.mark.parametrize("start", [0, 12, *(pytest.param(k, marks=SLOW) for k in (24, 36))])
def test_names_of_files(tmp_path: Path, start: int) -> None:
    names = NAMES[start : start + 12]
    few = MONTHS[:3]
    panels = [Panel([VALUES[:3]], few, [n], unit="u", definition="D") for n in names]
    found = report(panels, few[-1])
    found.save(tmp_path / "in" / "out", formats=("csv",))
    assert [each.name for each in tmp_path.iterdir()] == ["in"]
    assert [each.name for each in (tmp_path / "in").iterdir()] == ["out"]
    written = [each.name for each in (tmp_path / "in" / "out").iterdir()]
    assert len({name.casefold() for name in written}) == len(written) == 2 * len(names) + 1
    for name in written:
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,60}\.csv", name), name
        assert not re.fullmatch(r"(con|nul|aux|prn|com\d|lpt\d)\..*", name)
    if start != 12:  # the one whose names differ least
        return
    page = oracle.Page(found.to_html(formats=("csv",)))
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []
    for _, _, value in page.addresses:
        assert value[1:] in page.ids if value.startswith("#") else value in written


@cache
def small() -> Report:
    return made("en")


def test_what_stands_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "x.html").mkdir()
    (tmp_path / "o" / "report.md").mkdir(parents=True)
    (tmp_path / "o" / "mine.txt").write_text("mine")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "fifo.md")
    for place in (
        "file",
        "file/below",
        "x.html",
        "fifo.md",
        "o",
        "loop",
        "a\0b",
        "n" * 300,
        "d/" * 3000,
    ):
        with pytest.raises(TrendsError):
            small().save(tmp_path / place, formats=("md", "json"))
    for place in ("/dev/null", "/dev/full", "/proc/nope/x"):
        with pytest.raises(TrendsError):
            small().save(place, formats=("md",))
    assert (tmp_path / "file").read_text() == (tmp_path / "o" / "mine.txt").read_text() == "mine"
    left = sorted(str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*"))
    assert left == ["fifo.md", "file", "loop", "o", "o/mine.txt", "o/report.md", "x.html"]


def test_links_are_replaced_and_not_followed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (tmp_path / "secret").write_text("mine")
    (out / "report.md").symlink_to(tmp_path / "secret")
    (out / "report.json").symlink_to(tmp_path / "nowhere")
    small().save(out, formats=("md", "json"))
    assert (tmp_path / "secret").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()
    assert (out / "report.md").read_text().startswith("# ")


def test_two_writers_of_one_folder(tmp_path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    texts = [dict.fromkeys(("a.md", "b.md", "c.md"), letter * 200000) for letter in "xy"]
    for _ in range(5):
        writers = [fork.Process(target=write_files, args=(tmp_path, text)) for text in texts]
        for each in writers:
            each.start()
        for each in writers:
            each.join()
        assert [each.exitcode for each in writers] == [0, 0]
        assert sorted(each.name for each in tmp_path.iterdir()) == ["a.md", "b.md", "c.md"]
        for each in tmp_path.iterdir():
            assert each.read_text() in (texts[0][each.name], texts[1][each.name])


def test_what_killed_writers_left_is_taken_away_after_a_day(tmp_path: Path) -> None:
    old, new = ".a.md.abcd_123.part", ".a.md.abcd1234.part"
    others = [".b.md.abcd1234.part", ".a.md.part", ".a.md.abcd123.part", "a.md.abcd1234.part"]
    others += [".a.mdx.abcd1234.part", ".a.md.abcd1234.part.bak"]
    for name in (old, new, *others):
        (tmp_path / name).write_text("half")
        if name != new:
            os.utime(tmp_path / name, (0, 0))
    (tmp_path / ".a.md.folder12.part").mkdir()
    os.utime(tmp_path / ".a.md.folder12.part", (0, 0))
    write_files(tmp_path, {"a.md": "whole"})
    left = {each.name for each in tmp_path.iterdir()}
    assert left == {"a.md", new, ".a.md.folder12.part", *others}


@pytest.mark.skipif(find_spec("typst") is None, reason="typst is not installed")
def test_a_pdf_from_a_folder_that_is_gone(tmp_path: Path, monkeypatch: Any) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert small().to_pdf().startswith(b"%PDF")


# --- what comes with a report --------------------------------------------------------------------
@pytest.mark.parametrize("name", LOGOS)
def test_a_logo_is_refused_or_a_picture(name: str) -> None:
    try:
        found = report(panel(), "2025-06", logo=LOGOS[name])
    except TrendsError:
        if LOGOS[name].startswith("data:image/"):
            raise
        return
    page = oracle.Page(found.to_html())
    assert not [each for each in page.attributes if each.startswith("on")]
    assert page.tags["script"] == 0
    for _, _, value in page.addresses:
        assert value.startswith(("#", "data:image/"))


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("earlier")
    one = panel()
    report(one.until("2025-05"), "2025-05").save(folder / "old", formats=("json",))
    report(one, "2025-06").save(folder / "new", formats=("json",))
    return {each: (folder / each / "report.json").read_text() for each in ("old", "new")}


@pytest.mark.parametrize("name", PREVIOUS)
@pytest.mark.parametrize("which", ["old", "new"])
def test_a_report_of_others_is_refused_or_inert(
    earlier: dict[str, Any], tmp_path: Path, name: str, which: str
) -> None:
    place, value = PREVIOUS[name]
    broken = json.loads(earlier[which])
    spot = broken
    for key in place[:-1]:
        spot = spot[key]
    spot[place[-1]] = value
    other = "new" if which == "old" else "old"
    (tmp_path / f"{which}.json").write_text(json.dumps(broken))
    (tmp_path / f"{other}.json").write_text(earlier[other])
    done = run("diff", tmp_path / "old.json", tmp_path / "new.json")
    assert done.code in (0, 1, 2)
    assert oracle.steering(done.said) == []
    if which == "old" and done.code != 2:
        facts = read_facts(tmp_path / "old.json")
        diff(facts, read_facts(tmp_path / "new.json"))
        page = oracle.Page(report(panel(), "2025-06", previous=facts).to_html())
        assert page.tags["script"] == page.tags["img"] == 0
        assert oracle.steering(page.text) == []


# --- the command line ----------------------------------------------------------------------------
class Done:
    """How a command ended, and all that it printed."""

    def __init__(self, code: int, said: str) -> None:
        self.code, self.said = code, said


def run(*arguments: object) -> Done:
    """The program in this process; what it prints must be UTF-8, as a terminal demands."""
    out, err = io.BytesIO(), io.BytesIO()
    before = sys.stdout, sys.stderr, sys.argv, warnings.showwarning
    backend = os.environ.get("MPLBACKEND")
    streams = [io.TextIOWrapper(each, "utf-8", write_through=True) for each in (out, err)]
    sys.stdout, sys.stderr = streams
    sys.argv = ["trends", *map(str, arguments)]
    code: Any = 0
    try:
        cli.main()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.stdout, sys.stderr, sys.argv, warnings.showwarning = before
        if backend is None:
            os.environ.pop("MPLBACKEND", None)
        said = out.getvalue().decode() + err.getvalue().decode()
    return Done(code, said)


PRINTED = {
    "report": "report 2025-06 --data good.csv --unit {} --quantity {} --title {} --format md",
    "out": "report 2025-06 --data good.csv --unit u --format md --out {}x",
    "no file": "report 2025-06 --data {}.csv",
    "no month": "report {} --data good.csv --unit u",
    "check": "check --record --data good.csv --unit {} --quantity {} --month 2025-06",
    "claim": "check --claim {{}} --data good.csv --unit u",
    "sentence": "check {} --data good.csv --unit u --month 2025-06",
    "compare": "compare good.csv other.csv --unit {}",
    "show": "data show {}",
    "explain": "data explain bad.csv",
    "no command": "{}",
    "post": "reports explain result.json#7",
    "posts": "reports list result.json",
    "verify": "verify claims.json --data good.csv",
    "log": "store log --store {}.sqlite",
    "init": "init {}.toml",
}
STEERING = {
    "hyperlink": TERMINAL["hyperlink"],
    "one byte": TERMINAL["one byte"],
    "override": UNICODE["override"],
    "escaped bytes": UNICODE["escaped bytes"],
    "return": TERMINAL["return"],
}


@pytest.mark.parametrize("name", STEERING)
def test_nothing_that_is_printed_steers_a_terminal(
    tmp_path: Path, monkeypatch: Any, name: str
) -> None:
    text = STEERING[name]
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"{m},{v:.0f}\n" for m, v in zip(MONTHS, VALUES, strict=True))
    for file, more in (("good", ""), ("other", ""), ("bad", f'2025-07,"{text}"\n')):
        Path(f"{file}.csv").write_bytes(
            f"month,value\n{rows}{more}".encode("utf-8", "surrogateescape")
        )
    post = {"id": 7, "type": "message", "date": "2026-07-02T09:15:00", "from": text}
    post |= {"date_unixtime": "1782972900", "text": f"100 БпЛА {text}"}
    export = {"name": text, "type": "public_channel", "id": 1, "messages": [post]}
    Path("result.json").write_text(json.dumps(export))
    entry = {"id": text, "sentence": text, "month": "2025-06", "outcome": "false"}
    Path("claims.json").write_text(json.dumps([entry]))
    for line in PRINTED.values():
        done = run(*(part.replace("{}", text) for part in line.split()))
        assert done.code in (0, 1, 2), line
        assert oracle.steering(done.said) == [], line
        assert "Traceback" not in done.said


@pytest.mark.parametrize("name", TOML)
def test_texts_of_a_configuration(tmp_path: Path, monkeypatch: Any, name: str) -> None:
    top, series, expected = TOML[name]
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"{m},{v:.0f}\n" for m, v in zip(MONTHS[-3:], VALUES[-3:], strict=True))
    Path("mine.csv").write_text(f"month,value\n{rows}")
    months = "" if "months" in top else 'months = "2025-06"\n'
    unit = "" if "unit" in series else 'unit = "u"\n'
    Path("report.toml").write_text(
        f'{top}\n{months}[output]\nfolder = "out"\nformats = ["html", "md"]\n'
        f'[[series]]\ndata = "mine.csv"\n{unit}{series}\n'
    )
    done = run("report", "--config", "report.toml")
    assert done.code == {"inert": 0, "refused": 2}[expected], done.said
    assert oracle.steering(done.said) == []
    for page in Path("out").rglob("*.html"):
        seen = oracle.Page(page.read_text())
        assert seen.tags["script"] == seen.tags["img"] == 0
        assert oracle.steering(page.read_text()) == []
