"""From an export of the air force's channel to rows and months. All texts are our own."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import posts_made as made
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trends.cli import app
from trends.errors import BadOption, BadTable, EmptyTable, TrendsError, UnknownName, UnreadableFile
from trends.loaders import (
    LOADERS,
    find_post,
    load_file,
    load_launches,
    load_reports,
    read_reports,
)
from trends.loaders._exports import is_export

FIRST = dt.date(2026, 6, 30)
NUMBERS = (154, 151, 496)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Three nights, a day, an alert, a service message and a photo."""
    day = made.message(20, "2026-07-02T16:00", made.daytime(dt.date(2026, 7, 2), 40, 30))
    alert = made.message(21, "2026-07-02T17:00", "🚨 Увага! Ціль на Полтаву!")
    pinned = made.message(22, "2026-07-02T17:01", "", type="service", action="pin_message")
    photo = made.message(23, "2026-07-02T17:02", "", photo="(File not included)")
    posts = [*made.nights(FIRST, NUMBERS), day, alert, pinned, photo]
    return made.written(tmp_path / "result.json", made.chat(posts))


def test_rows(export: Path) -> None:
    found = read_reports(export)
    frame = found.frame()
    assert frame["launched_drones"].tolist() == [*NUMBERS, 40]
    assert frame["destroyed_drones"].tolist() == [77, 75, 248, 30]
    assert frame["kind"].tolist() == ["night"] * 3 + ["day"]
    assert frame["post"].tolist() == ["1", "2", "3", "20"]
    assert frame["date"].dt.strftime("%m-%d").tolist() == ["06-30", "07-01", "07-02", "07-02"]
    assert frame["window_start"][0] == pd.Timestamp("2026-06-29T18:00")
    assert frame["posted"][0] == pd.Timestamp("2026-06-30T09:00")  # 06:00 UTC
    assert frame["launched_missiles"].tolist() == ["{}"] * 4
    assert frame["counted"].tolist() == [True, True, True, False]
    assert found.posts == 7
    assert found.account().to_dict("list") == {
        "fate": ["in", "used", "left out", "left out", "left out", "left out"],
        "reason": [
            "in the file", "", "no tallies of launches",
            "of a day, which this definition does not count", "posts without text",
            "service messages",
        ],
        "posts": [7, 3, 1, 1, 1, 1],
    }  # fmt: skip


def test_months(export: Path) -> None:
    panel = load_reports(export)
    assert panel["drones"].tolist() == [154, 151 + 496]
    assert panel.observed_days.tolist() == [1, 2]
    assert (panel.unit, panel.kind, panel.metric) == ("drones", "flow", "drones_launched")
    assert panel.as_of == dt.date(2026, 7, 2)
    assert panel.notes[0].startswith("Posts in the file: 7; used: 3; left out: ")
    both = load_reports(export, definition="nights and days")
    assert both["drones"].tolist() == [154, 151 + 496 + 40]
    np.testing.assert_array_equal(load_reports(export, include_day=True).values, both.values)
    assert load_reports(export, include_day=False)["drones"].tolist() == [154, 647]
    with pytest.raises(BadOption, match="include_day=False"):
        load_reports(export, definition="nights and days", include_day=False)
    assert load_reports(export, weapons="missiles")["missiles"].tolist() == [0, 0]


def test_rows_of_the_attack_level_file(export: Path, tmp_path: Path) -> None:
    """What counts, written as that file, is read by its loader into the same months."""
    for definition in ("nights", "nights and days"):
        found = read_reports(export)
        path = tmp_path / "launches.csv"
        found.launches(definition=definition).to_csv(path, index=False)
        again = load_launches(path, definition="all")
        np.testing.assert_array_equal(again.values, found.panel(definition=definition).values)
    row = found.launches().iloc[0]
    assert row["time_start"] == "2026-06-29 18:00"
    assert row["launch_place"] == "Брянськ and Шаталово"
    assert (row["launched"], row["destroyed"], row["source"]) == (154, 77, "1")


def test_load_file_tells_an_export(export: Path) -> None:
    assert is_export(export)
    panel = load_file(export, LOADERS, definition="nights and days")
    assert panel["drones"].tolist() == [154, 687]


@pytest.mark.parametrize(
    "text",
    ['{"2025-06-30": 1.5}', '[{"month": "2025-06", "value": 1}]', "{}", '{"messages": 5}', "", "["],
)
def test_other_json_is_no_export(text: str, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    assert not is_export(path)
    assert not is_export(tmp_path)


def test_text_as_string_or_entities(tmp_path: Path) -> None:
    text = made.night(FIRST, 77, 70)
    parts = [{"type": "bold", "text": text[:50]}, text[50:90], {"type": "plain", "text": text[90:]}]
    posts = [made.message(1, f"{FIRST}T06:00", parts)]
    panel = load_reports(made.written(tmp_path / "result.json", made.chat(posts)))
    assert panel["drones"].tolist() == [77]


def test_a_whole_account(tmp_path: Path) -> None:
    other = made.chat([made.message(1, f"{FIRST}T06:00", made.night(FIRST, 5))], "Family", 8)
    ours = made.chat(made.nights(FIRST, NUMBERS), "Air force", 9)
    account = {
        "about": "An export.",
        "contacts": {"list": [{"name": "x"}] * 5},
        "chats": {"about": "Chats.", "list": [other, ours]},
        "left_chats": {"list": []},
    }
    path = made.written(tmp_path / "result.json", account)
    assert is_export(path)
    for channel in ("Air force", "9"):
        assert read_reports(path, channel=channel).posts == 3
    assert load_reports(path, channel="Air force")["drones"].tolist() == [154, 647]
    with pytest.raises(BadTable, match=r"2 chats \(Family, Air force\).*channel="):
        read_reports(path)
    with pytest.raises(UnknownName, match="'Navy'"):
        read_reports(path, channel="Navy")
    account["chats"]["list"] = [ours]
    assert read_reports(made.written(path, account)).posts == 3
    single = made.written(tmp_path / "one.json", ours)
    assert read_reports(single, channel="9").posts == 3
    with pytest.raises(UnknownName, match="'Family'"):
        read_reports(single, channel="Family")


def test_json_lines(tmp_path: Path) -> None:
    posts = [*made.nights(FIRST, NUMBERS)]
    path = tmp_path / "posts.jsonl"
    path.write_text("\n\n".join(json.dumps(post) for post in posts), "utf-8-sig")
    assert load_reports(path)["drones"].tolist() == [154, 647]
    zoned = {"id": 5, "date": "2026-06-30T06:00:00+00:00", "message": made.night(FIRST, 7)}
    path.write_text(json.dumps(zoned))
    found = read_reports(path)
    assert found.tallies[0].posted == dt.datetime.fromisoformat("2026-06-30T09:00")
    assert found.local == 0


def test_texts(tmp_path: Path) -> None:
    days = [FIRST + dt.timedelta(n) for n in range(3)]
    texts = [made.night(day, number) for day, number in zip(days, NUMBERS, strict=True)]
    file = tmp_path / "posts.txt"
    file.write_text("\n\n".join(f"{day} 09:00\n{t}" for day, t in zip(days, texts, strict=True)))
    assert load_reports(file)["drones"].tolist() == [154, 647]
    assert read_reports(file).frame()["post"].tolist() == [f"posts.txt#{n}" for n in (1, 2, 3)]
    folder = tmp_path / "posts"
    folder.mkdir()
    for day, text in zip(days, texts, strict=True):
        (folder / f"{day}_0915.txt").write_text(text)
    panel = load_reports(folder)
    assert panel["drones"].tolist() == [154, 647]
    assert "Times as given for 3 posts" in panel.notes[-1]
    assert read_reports(folder).tallies[0].posted == dt.datetime.fromisoformat("2026-06-30T09:15")
    (folder / "undated.txt").write_text(texts[0])
    with pytest.raises(UnreadableFile, match=r"undated\.txt: 'undated' holds no date"):
        read_reports(folder)
    (folder / "undated.txt").rename(folder / "2026-02-30.txt")
    with pytest.raises(UnreadableFile, match="'2026-02-30' holds no date"):
        read_reports(folder)


def test_the_moment_is_that_of_kyiv(tmp_path: Path) -> None:
    """A post of 00:30 in Kyiv is of the day before in UTC, and of another in Tokyo."""
    post = made.message(1, "2026-01-14T22:30", "Загроза минула", date="2026-01-15T07:30:00")
    path = made.written(tmp_path / "result.json", made.chat([post]))
    assert read_reports(path).first == dt.date(2026, 1, 15)
    del post["date_unixtime"]
    found = read_reports(made.written(path, made.chat([post])))
    assert (found.first, found.local) == (dt.date(2026, 1, 15), 1)
    summer = made.message(1, "2026-07-14T20:59", "x")
    assert read_reports(made.written(path, made.chat([summer]))).first == dt.date(2026, 7, 14)
    summer = made.message(1, "2026-07-14T21:00", "x")  # 3 hours ahead in summer
    assert read_reports(made.written(path, made.chat([summer]))).first == dt.date(2026, 7, 15)


def test_forwarded_and_edited(tmp_path: Path) -> None:
    text = made.night(FIRST, 90, 60)
    posts = [
        made.message(5, f"{FIRST}T05:50", text, forwarded_from="Another channel"),
        made.message(6, f"{FIRST}T06:00", text),
        made.message(7, f"{FIRST}T06:10", "Загроза минула"),
        made.message(8, "2026-07-01T06:00", made.night(dt.date(2026, 7, 1), 50)),
        made.message(8, "2026-07-01T06:00", made.night(dt.date(2026, 7, 1), 55),
                     edited="2026-07-01T10:00:00", edited_unixtime="1782892800"),
    ]  # fmt: skip
    path = made.written(tmp_path / "result.json", made.chat(posts))
    assert load_reports(path)["drones"].tolist() == [90, 55]
    assert read_reports(path).frame()["reason"].tolist() == [
        "the same figures as post 6", "", "the same post again: 8", "",
    ]  # fmt: skip
    assert find_post(path, "8").figures["launched_drones"].value == 55


def test_each_number_is_traced(export: Path) -> None:
    post = find_post(export, "3")
    figure = post.figures["launched_drones"]
    assert figure.value == 496
    assert "496" in post.text[figure.start : figure.end]
    with pytest.raises(UnknownName, match=r"post: nothing is named '99'.*'20'"):
        find_post(export, "99")
    with pytest.raises(UnknownName, match="None"):
        find_post(export)


def test_what_is_not_read_whole_is_listed(tmp_path: Path) -> None:
    posts = [
        *made.nights(FIRST, NUMBERS),
        made.message(30, "2026-07-03T06:00", made.night(dt.date(2026, 7, 3), "понад 70")),
        made.message(31, "2026-07-04T06:00", "x" * 20_000 + made.night(dt.date(2026, 7, 4), 5)),
    ]
    found = read_reports(made.written(tmp_path / "result.json", made.chat(posts)))
    assert found.unread["post"].tolist() == ["31"]
    assert "more than 16,384" in found.unread["missing"][0]
    panel = found.panel()
    assert panel["drones"].tolist() == [154, 647]
    notes = " ".join(panel.notes)
    assert "Open numbers, not in the totals: 2026-07-03 at least 70." in notes
    assert "2026-07-04 (a post of the day was not read)" in notes
    assert json.loads(found.frame()["bounds"][3])["launched_drones"] == "at least"


GOOD = json.dumps(made.message(1, "2026-07-02T06:00", "Тихо."))
BAD_FILES = {
    "deep lists": (b'{"messages":[' + b"[" * 300_000, "message 1: its brackets are nested"),
    "deep objects": (b'{"messages":[' + b'{"a":' * 300_000, "message 1: its brackets are nested"),
    "deep before": (b'{"about":' + b"[" * 3_000_000, "before the first message: its brackets"),
    "not UTF-8": (
        f'{{"messages":[{GOOD},{{"text":"'.encode() + b'\xff"}]}',
        r"message 2: byte \d+",
    ),
    "UTF-16": ('{"messages":[]}'.encode("utf-16"), "byte 0 is not UTF-8"),
    "cut in a text": (f'{{"messages":[{GOOD},{{"id":2,"text":"ab'.encode(), "message 2: .*cut off"),
    "cut after one": (f'{{"messages":[{GOOD}'.encode(), "message 1: the file ends in the middle"),
    "cut at the end": (f'{{"messages":[{GOOD}]'.encode(), "after message 1: the file ends"),
    "control character": (b'{"messages":[{"id":1,"text":"a\x01b"}]}', "message 1: .*control"),
    "digits": (b'{"messages":[{"id":1' + b"0" * 5000 + b"}]}", "message 1: a number is too long"),
    "not JSON": (f'{{"messages":[{GOOD} {GOOD}]}}'.encode(), "message 1: found '{' where"),
    "trailing": (f'{{"messages":[{GOOD}]}} x'.encode(), "something follows the end"),
    "endless": (b'{"messages":[{"text":"' + b"x" * 34_000_000, "longer than 16,777,216"),
    "list": (b"[1, 2]", r"found '\[' where '{' must stand"),
    "no messages": (b'{"name": "x"}', "no list of messages"),
    "object": (b'{"messages":{"a":1}}', "found '{' where"),
    "empty": (b"", "0 bytes"),
    "none": (b'{"messages":[]}', "no message"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_hostile_files(name: str, tmp_path: Path) -> None:
    data, words = BAD_FILES[name]
    path = tmp_path / "hostile.json"
    path.write_bytes(data)
    with pytest.raises((UnreadableFile, BadTable, EmptyTable), match=rf"hostile\.json.*{words}"):
        read_reports(path)


BAD_MESSAGES = {
    "null": (None, "message 2, 'message': found None, which is not an object"),
    "number": (5, "message 2, 'message': found 5"),
    "text": ({"text": 5}, r"message 2 \(id 2\), 'text': found 5, which is not a text"),
    "parts": ({"text": ["a", 5]}, "'text': found 5"),
    "part": ({"text": [{"type": "bold"}]}, "'text': found {'type': 'bold'}"),
    "bidi": ({"text": {"\u202e": "\x1b[2J"}}, r"found {'\\u202e': '\\x1b\[2J'}"),
    "no id": ({"id": None}, "message 2, 'id': found None, which is not a number"),
    "true id": ({"id": True}, "'id': found True"),
    "no date": ({"date": None, "date_unixtime": None}, "'date': found None"),
    "word": ({"date": "today", "date_unixtime": None}, "'date': found 'today'"),
    "list": ({"date": [1], "date_unixtime": None}, r"'date': found \[1\]"),
    "long ago": ({"date": "0001-01-01", "date_unixtime": None}, "2013 to 2099"),
    "seconds": ({"date_unixtime": "1e9"}, "'date_unixtime': found '1e9'"),
    "far": ({"date_unixtime": "9" * 30}, "which is not seconds since 1970"),
    "edited": ({"edited_unixtime": {}}, "'edited_unixtime': found {}"),
}


@pytest.mark.parametrize("name", BAD_MESSAGES)
def test_hostile_messages(name: str, tmp_path: Path) -> None:
    change, words = BAD_MESSAGES[name]
    good = made.message(2, "2026-07-02T06:00", "Тихо.")
    record = {**good, **change} if isinstance(change, dict) else change
    path = made.written(tmp_path / "result.json", made.chat([json.loads(GOOD), record]))
    with pytest.raises(BadTable, match=words):
        read_reports(path)
    lines = tmp_path / "result.jsonl"
    lines.write_text(f"{GOOD}\n{json.dumps(record)}\n")
    with pytest.raises(BadTable, match=words):
        read_reports(lines)


@pytest.mark.parametrize(
    "text", ["\u202e" + made.night(FIRST, 90), "a\x00\x1b[2Jb", "\ud800", "x" * 10**7]
)
def test_odd_texts_are_read_or_listed(text: str, tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(made.chat([made.message(1, f"{FIRST}T06:00", text)])))
    found = read_reports(path)
    assert found.posts == 1
    done = CliRunner().invoke(app, ["reports", "explain", f"{path}#1"])
    assert done.exit_code == 0
    assert not set(done.output) & set("\u202e\x00\x1b")


KEYS = st.sampled_from(["id", "date", "text", "messages", "chats", "list", "x"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(anything)
def test_any_json_is_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, found: object
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps({"name": "x", "messages": [found]}))
    with pytest.raises(TrendsError, match=r"any\.json"):
        read_reports(path)
    path.write_text(json.dumps(found))
    with pytest.raises(TrendsError, match=r"any\.json"):
        read_reports(path)


@pytest.mark.parametrize("cut", range(1, 400, 7))
def test_a_cut_export_is_never_half_read(cut: int, export: Path) -> None:
    data = export.read_bytes()
    export.write_bytes(data[: len(data) * cut // 400])
    with pytest.raises(TrendsError, match=r"result\.json"):
        read_reports(export)


def test_paths(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="there is no such file"):
        read_reports(tmp_path / "absent.json")
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read_reports("nul\0.json")
    with pytest.raises(EmptyTable, match=r"without \.txt files"):
        read_reports(tmp_path)
    (tmp_path / "a.html").write_text("x")
    with pytest.raises(UnreadableFile, match=r"ends in '\.html'"):
        read_reports(tmp_path / "a.html")
    (tmp_path / "a.jsonl").write_text("\n\n")
    with pytest.raises(EmptyTable, match="no line"):
        read_reports(tmp_path / "a.jsonl")
    (tmp_path / "a.jsonl").write_text(f"{GOOD}\n{{")
    with pytest.raises(UnreadableFile, match="message 2: not a JSON object"):
        read_reports(tmp_path / "a.jsonl")


def test_command_list(export: Path) -> None:
    run = CliRunner().invoke
    done = run(app, ["reports", "list", str(export)])
    assert done.exit_code == 0, done.output
    assert "496" in done.output
    assert "no tallies of launches" in done.output
    rows = json.loads(run(app, ["reports", "list", str(export), "--json"]).output)
    assert [row["launched_drones"] for row in rows] == [*NUMBERS, 40]
    assert run(app, ["reports", "list", str(export), "--unread"]).output == "None.\n"
    both = run(app, ["reports", "list", str(export), "--definition", "nights and days", "--json"])
    assert all(row["counted"] for row in json.loads(both.output))


def test_command_explain(export: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    done = run(app, ["reports", "explain", f"{export}#3"])
    assert done.exit_code == 0, done.output
    assert "launched_drones: 496" in done.output
    text = tmp_path / "2026-06-30_0900.txt"
    text.write_text(made.night(FIRST, 90))
    assert "launched_drones: 90" in run(app, ["reports", "explain", str(text)]).output


def test_a_report_of_an_export(tmp_path: Path) -> None:
    posts = made.nights(dt.date(2026, 6, 1), [100] * 30 + [110] * 31)
    path = str(made.written(tmp_path / "result.json", made.chat(posts)))
    out = str(tmp_path / "out")
    done = CliRunner().invoke(
        app, ["report", "2026-07", "--data", path, "--format", "md", "--out", out]
    )
    assert done.exit_code == 0, done.output
    written = "".join(file.read_text("utf-8") for file in Path(out).rglob("*.md"))
    assert "Drones launched in July 2026: 3,410" in written


def test_progress(export: Path) -> None:
    seen: list[tuple[int, int]] = []
    read_reports(export, progress=lambda done, total: seen.append((done, total)))
    size = export.stat().st_size
    assert seen[-1] == (size, size)
    assert seen == sorted(seen)


MEASURE = """
import sys, time
from pathlib import Path
from trends.loaders import read_reports
start = time.process_time()
found = read_reports(sys.argv[1])
took = time.process_time() - start
status = Path("/proc/self/status").read_text().split()
print(found.posts, int(found.panel().values.sum()), took, status[status.index("VmHWM:") + 1])
"""


@pytest.mark.slow
def test_a_large_export_streams(tmp_path: Path) -> None:
    """200 MB take hardly more memory than 5 MB; the rate is by processor time, of one core."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the peak of memory is read from /proc")
    peaks = []
    for size in (5 * 10**6, 200 * 10**6):
        path = tmp_path / "result.json"
        posts, drones = made.write_large(path, size)
        done = subprocess.run([sys.executable, "-c", MEASURE, str(path)],
                              capture_output=True, text=True, check=True)  # fmt: skip
        found, total, took, peak = done.stdout.split()
        assert (int(found), int(total)) == (posts, drones)
        peaks.append(int(peak) / 1024)
        print(
            f"{size / 1e6:.0f} MB: {posts:,} posts, {posts / float(took):,.0f} a second, {peak} kB"
        )
    assert peaks[1] - peaks[0] < 60  # MB: the rows of 2,500 nights, and the buffer of 1 MB
