"""The store, on both databases: what it keeps, what it refuses, what was known when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trends.errors import BadOption, NoValues, TrendsError, UnknownName, UnreadableFile
from trends.panel import Anomaly, Panel
from trends.vintages import ConflictingVintage, Store, _connections, _schema, revisions

NAN = float("nan")


def panel(values: list[float], first: str = "2025-01", **about: object) -> Panel:
    months = pd.period_range(first, periods=len(values), freq="M")
    options = {"names": ["drones"], "unit": "drones", "definition": "All reports.", **about}
    return Panel([values], months, **options)


def rows(store: Store) -> int:
    return int(store.log()["months"].sum())


def test_what_goes_in_comes_out(place: str) -> None:
    month = pd.Period("2025-02", "M")
    given_ = panel(
        [1.5, NAN, 1e308, -0.1, 7],
        observed_days=[31, 0, 31, 30, 12],
        kind="stock",
        quantity="drones launched, \N{SNOWMAN} 'quoted' ? % %s",
        source="Air force; DROP TABLE trends_value; --",
        as_of=dt.date(2025, 5, 12),
        adds_up_to="all drones",
        metric="drones",
        anomalies=(Anomaly(month, month, "method break", "Ukrainian: \u0456", "x", ("records",)),),
    )
    with Store.open(place) as store:
        added = store.add(given_)
        assert (added.new, added.unchanged, added.series) == (4, 0, ("drones",))
    with Store.open(place, read_only=True) as store:
        found = store.load("drones")
    for name in ("unit", "kind", "quantity", "definition", "source", "as_of", "adds_up_to"):
        assert getattr(found, name) == getattr(given_, name)
    assert (found.metric, found.anomalies, found.names) == ("drones", given_.anomalies, ("drones",))
    np.testing.assert_array_equal(found.values, given_.values)
    np.testing.assert_array_equal(found.observed_days, given_.observed_days)
    assert "as known on 2025-05-12" in found.notes[0]
    assert "geheim" not in found.notes[0]


def test_adding_twice_adds_nothing(place: str) -> None:
    with Store.open(place) as store:
        store.add(panel([1, 2, 3]), as_of="2025-04-02")
        before = store.log()
        again = store.add(panel([1, 2, 3]), as_of=dt.datetime(2025, 4, 2, 13, tzinfo=dt.UTC))
        assert (again.new, again.unchanged) == (0, 3)
        pd.testing.assert_frame_equal(store.log(), before)


def test_another_value_is_refused_and_nothing_is_added(place: str) -> None:
    with Store.open(place) as store:
        store.add(panel([1, 2]), as_of="2025-04-02")
        with pytest.raises(ConflictingVintage, match=r"2025-02 as of 2025-04-02.* has 2, and 2\.5"):
            store.add(panel([1, 2.5, 3]), as_of="2025-04-02")
        with pytest.raises(ConflictingVintage, match="28 days, and 2 of 3 days") as caught:
            store.add(panel([1, 2, 3], observed_days=[31, 3, 31]), as_of="2025-04-02")
        assert (caught.value.series, caught.value.what) == ("drones", "2025-02")
        assert rows(store) == 2
        assert store.add(panel([1, 2.5, 3]), as_of="2025-04-03").new == 3


@pytest.mark.parametrize(("what", "other"), [("unit", "km2"), ("kind", "stock")])
def test_one_series_has_one_unit_and_kind(place: str, what: str, other: str) -> None:
    with Store.open(place) as store:
        store.add(panel([1, 2]), as_of="2025-04-02")
        with pytest.raises(ConflictingVintage, match=f"{what}.*{other} was given"):
            store.add(panel([5, 6], **{what: other}), as_of="2025-05-02")


def test_what_was_known_when(place: str) -> None:
    with Store.open(place) as store:
        store.add(panel([1, 2, 3], observed_days=[31, 28, 5]), as_of="2025-03-05")
        store.add(panel([1, 2.5, 30, 40]), as_of="2025-05-02")
        early = store.load("drones", as_of="2025-05-01")
        assert early.values.tolist() == [[1, 2, 3]]
        assert (early.as_of, str(early.months[-1])) == (dt.date(2025, 3, 5), "2025-03")
        assert not early.complete[-1]
        late = store.load("drones", as_of=dt.date(2025, 5, 2))
        assert late.values.tolist() == store.load("drones").values.tolist() == [[1, 2.5, 30, 40]]
        with pytest.raises(
            BadOption, match="at or after 2025-03-05, the first vintage of 'drones'"
        ):
            store.load("drones", as_of="2025-03-04")


def test_a_month_that_a_later_vintage_lacks_is_not_revised_to_unknown(place: str) -> None:
    with Store.open(place) as store:
        store.add(panel([1, 2, 3, 4]), as_of="2025-05-02")
        # a rolling file: it begins in the middle of March, and has a hole
        later = panel([1.5, NAN, 5], "2025-03", observed_days=[16, 0, 31])
        store.add(later, as_of="2025-06-02")
        found = store.load("drones")
        assert found.values.tolist() == [[1, 2, 3, 4, 5]]
        assert "4 months that this vintage does not hold in full" in found.notes[1]
        assert store.diff("2025-05-02", "2025-06-02").empty
        assert revisions("drones", store=store).by_age()["revised"].sum() == 0


def test_a_vintage_can_come_in_parts(place: str) -> None:
    with Store.open(place) as store:
        store.add(panel([1, 2]), as_of="2025-06-02")
        added = store.add(panel([2, 3], "2025-02"), as_of="2025-06-02")
        assert (added.new, added.unchanged, len(store.log())) == (1, 1, 1)


def test_definitions_are_kept_apart(place: str) -> None:
    with Store.open(place) as store:
        store.add(panel([1, 2]), as_of="2025-06-02")
        store.add(panel([7, 8], definition="Timed reports."), as_of="2025-06-02")
        with pytest.raises(BadOption, match=r"All reports\. \| Timed reports\."):
            store.load("drones")
        for definition in ("timed", "Timed reports."):
            assert store.load("drones", definition=definition).values.tolist() == [[7, 8]]
        asked = panel([0, 0], definition="Timed reports.")
        assert store.load(asked).values.tolist() == [[7, 8]]
        for wrong in ("reports", "nights", ""):
            with pytest.raises(BadOption, match="one of the 2 definitions"):
                store.load("drones", definition=wrong)
        with pytest.raises(UnknownName, match="Choose one of 'drones'"):
            store.load("missiles")


def test_a_panel_of_several_series(place: str) -> None:
    months = pd.period_range("2025-01", periods=2, freq="M")
    several = Panel([[1, 2], [NAN, NAN], [5, NAN]], months, ["a", "b", "c"], definition="D.")
    with Store.open(place) as store:
        added = store.add(several, as_of="2025-03-01")
        assert (added.series, added.new) == (("a", "c"), 3)
        assert store.load("c").values.tolist() == [[5]]
        with pytest.raises(BadOption, match="panel of one series"):
            store.load(several)


BAD = [
    ({}, {}, BadOption, "a day, which the panel does not name"),
    ({}, {"as_of": "2025-02-30"}, BadOption, "a day such as"),
    ({}, {"as_of": "yesterday"}, BadOption, "a day such as"),
    ({}, {"as_of": pd.NaT}, BadOption, "a day such as"),
    ({}, {"as_of": 20250601}, BadOption, "a day such as"),
    ({"as_of": dt.date(2025, 6, 2)}, {"as_of": "2025-06-01"}, BadOption, "the day of the panel"),
    ({}, {"as_of": "2025-01-31"}, BadOption, "2025-02, which has a value"),
    ({"definition": " "}, {"as_of": "2025-06-01"}, BadOption, "apart by their definition"),
    ({"values": [NAN, NAN]}, {"as_of": "2025-06-01"}, NoValues, "no known value"),
]


@pytest.mark.parametrize(("about", "options", "error", "said"), BAD)
def test_bad_input(
    tmp_path: Path, about: dict[str, object], options: dict[str, object], error: type, said: str
) -> None:
    values = about.pop("values", [1.0, 2.0]) if "values" in about else [1.0, 2.0]
    with Store.open(tmp_path / "s") as store:
        with pytest.raises(error, match=said):
            store.add(panel(values, **about), **options)
        assert store.log().empty
        with pytest.raises(BadOption, match="a Panel"):
            store.add(pd.Series([1.0]), as_of="2025-01-01")


def test_diff(place: str) -> None:
    with Store.open(place) as store:
        store.add(panel([1, 2, 3, 1], observed_days=[31, 28, 31, 9]), as_of="2025-04-09")
        store.add(panel([1, 2.25, 3, 4, 5]), as_of="2025-06-02")
        store.add(panel([9], names=["new"]), as_of="2025-06-02")
        found = store.diff("2025-05-01", "2025-07-01")
        assert found[["series", "month", "before", "after", "change"]].values.tolist() == [
            ["drones", pd.Period("2025-02", "M"), 2, 2.25, 0.25]
        ]
        assert store.diff("2025-05-01", "2025-07-01", partial=True)["days_before"].tolist() == [
            28,
            9,
        ]
        back = store.diff("2025-07-01", "2025-05-01", series="drones")
        assert back["change"].tolist() == [-0.25]
        assert store.diff("2025-07-01", "2025-07-02").empty
        assert store.diff("2020-01-01", "2025-07-02").empty


def test_diff_of_a_stock_names_its_flow_too(place: str) -> None:
    with Store.open(place) as store:
        for values, day in (([10, 20, 30], "2025-04-02"), ([10, 21, 31], "2025-05-02")):
            store.add(panel(values, kind="stock"), as_of=day)
        found = store.diff("2025-04-02", "2025-05-02")
    assert found[["kind", "before", "after"]].values.tolist() == [
        ["stock", 20, 21], ["stock", 30, 31], ["flow", 10, 11],
    ]  # fmt: skip


def test_log(place: str) -> None:
    with Store.open(place) as store:
        assert store.log().empty
        store.add(panel([1, 2]), as_of="2025-06-02", source="A copy")
        store.add(panel([1, 2]), as_of="2025-05-02")
        log = store.log()
    assert log["as_of"].tolist() == [dt.date(2025, 6, 2), dt.date(2025, 5, 2)]
    assert log["source"].tolist() == ["A copy", ""]
    assert [str(month) for month in log.loc[0, ["first", "last"]]] == ["2025-01", "2025-02"]


def test_the_store_says_where_it_is_without_a_password(place: str) -> None:
    with Store.open(place) as store:
        assert "geheim" not in f"{store!r} {store.address}"


def test_a_closed_store_says_so(place: str) -> None:
    with Store.open(place) as store:
        pass
    with pytest.raises(TrendsError, match="closed"):
        store.log()


def test_read_only(place: str) -> None:
    with pytest.raises(TrendsError, match=r"there is no store|holds no store"):
        Store.open(place, read_only=True)
    with Store.open(place) as store:
        store.add(panel([1]), as_of="2025-06-02")
    with Store.open(place, read_only=True) as store:
        with pytest.raises(TrendsError, match=r"can only be read|read-only"):
            store.add(panel([1, 2]), as_of="2025-07-02")
        assert rows(store) == 1


def test_a_newer_version(place: str) -> None:
    with Store.open(place) as store, store._connection.writing():
        store._connection.execute("UPDATE trends_store SET version = ?", (99,))
    for read_only in (False, True):
        with pytest.raises(TrendsError, match=r"version 99, and this library knows version 1.*Upd"):
            Store.open(place, read_only=read_only)


def test_a_store_that_another_program_made_meanwhile(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(place) as store:
        store.add(panel([1]), as_of="2025-06-02")
    real, seen = _schema._is_store, iter([False])
    monkeypatch.setattr(_schema, "_is_store", lambda base: next(seen, None) is None and real(base))
    with Store.open(place) as store:
        assert rows(store) == 1


def test_tables_that_were_taken_out_of_a_store(place: str) -> None:
    with Store.open(place) as store:
        store.add(panel([1]), as_of="2025-06-02")
        store._connection.execute("DELETE FROM trends_value")
        with pytest.raises(UnreadableFile, match="'drones' has no values"):
            store.load("drones")
        store._connection.execute("DROP TABLE trends_value")
        with pytest.raises(UnreadableFile, match=r"the database says: .*trends_value"):
            store.load("drones")


def test_a_writer_that_gave_up_waiting_can_write_later(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_connections, "WAIT_SECONDS", 0.1)
    with Store.open(place) as one, Store.open(place) as two:
        with (
            one._connection.writing(),
            pytest.raises(UnreadableFile, match=r"has been writing for 0\.1|lock timeout"),
        ):
            two.add(panel([1]), as_of="2025-06-02")
        assert rows(one) == 0
        two.add(panel([1]), as_of="2025-06-02")
        assert rows(one) == 1


vintages = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.lists(st.sampled_from([NAN, 0.0, 1.0, 0.1, 2e300]), min_size=1, max_size=5),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(vintages)
def test_against_a_dictionary(tmp_path_factory: pytest.TempPathFactory, given_: list) -> None:
    """An oracle: a dictionary of months, written over day by day."""
    known: dict[int, dict[int, float]] = {}
    with Store.open(tmp_path_factory.mktemp("oracle") / "s") as store:
        for day, values in given_:
            had = known.setdefault(day, {})
            fresh = {t: v for t, v in enumerate(values) if v == v}
            one = panel(values)
            if not fresh:
                continue
            if any(had.get(t, v) != v for t, v in fresh.items()):
                with pytest.raises(ConflictingVintage):
                    store.add(one, as_of=dt.date(2025, 6, 1 + day))
                continue
            added = store.add(one, as_of=dt.date(2025, 6, 1 + day))
            assert added.new == len(fresh.keys() - had.keys())
            had.update(fresh)
        for day in range(6):
            want: dict[int, float] = {}
            for k in range(day + 1):
                want.update(known.get(k, {}))
            if not want:
                continue
            found = store.load("drones", as_of=dt.date(2025, 6, 1 + day))
            got = {
                month.month - 1: value
                for month, value in zip(found.months, found.values[0], strict=True)
                if value == value
            }
            assert got == want


def test_no_statement_changes_or_removes_a_row() -> None:
    import trends.vintages

    for path in Path(trends.vintages.__file__).parent.glob("*.py"):
        text = path.read_text("utf-8")
        assert not any(f'"{word} ' in text for word in ("UPDATE", "DELETE", "DROP", "REPLACE"))


def test_many_series_in_one_panel(place: str) -> None:
    months = pd.period_range("2021-01", periods=48, freq="M")
    values = np.random.default_rng(1).poisson(5, (300, 48)).astype(float)
    many = Panel(values, months, [f"s{i}" for i in range(300)], definition="D.")
    with Store.open(place) as store:
        assert store.add(many, as_of="2025-01-01").new == 300 * 48
        moved = replace(many, values=values + (np.arange(300)[:, None] == 7))
        store.add(moved, as_of="2025-02-01")
        assert len(store.diff("2025-01-01", "2025-02-01", series="s7")) == 48
