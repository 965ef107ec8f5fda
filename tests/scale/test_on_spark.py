"""Spark, local, with two threads. The JVM takes some seconds to start."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from trends.errors import MissingColumns, MonthOutside, NoValues, TrendsError
from trends.scale import scan_spark

# pyspark says what it does not support yet of pandas 3, and uses what pandas 4 will not have.
pytestmark = pytest.mark.filterwarnings("ignore")


def has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java") is not None or (home and Path(home, "bin", "java").exists())


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if not has_java():
        pytest.skip("Spark needs Java 17, which is not here: apt-get install openjdk-17-jre")
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYTHONWARNINGS", "ignore")
        builder = sql.SparkSession.builder.master("local[2]").appName("trends")
        for key, value in {
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "1g",
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.session.timeZone": "Europe/Kyiv",
            "spark.local.dir": str(folder),
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.sql.execution.arrow.maxRecordsPerBatch": "500",
            "spark.log.level": "ERROR",
        }.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        try:
            yield session
        finally:
            session.stop()


def parquet(spark: Any, frame: pd.DataFrame, path: Path) -> Any:
    frame.to_parquet(path, index=False, coerce_timestamps="us")
    return spark.read.parquet(str(path)).repartition(3)


def pandas(frame: Any) -> pd.DataFrame:
    return frame.toPandas().sort_values("unique_id")


def test_long(made: Any, same: Any, spark: Any, tmp_path: Path) -> None:
    frame = parquet(spark, made.long(), tmp_path / "panel.parquet")
    facts = scan_spark(frame, block_rows=40)
    facts.write.parquet(str(tmp_path / "facts"))
    found = pd.read_parquet(tmp_path / "facts").sort_values("unique_id")
    same(found, made.facts())


def test_month_text_and_an_earlier_month(made: Any, same: Any, spark: Any, tmp_path: Path) -> None:
    long = made.long()
    month = long["ds"].dt
    text = month.year.astype(str) + "-" + month.month.astype(str)  # 2022-6, not 2022-06
    frame = parquet(spark, long.assign(ds=text), tmp_path / "panel.parquet")
    facts = scan_spark(frame, first="2020-01", month="2022-06")
    same(pandas(facts), made.facts(made.panel().until("2022-06")))


def test_wide(made: Any, same: Any, spark: Any, tmp_path: Path) -> None:
    frame = parquet(spark, made.wide(), tmp_path / "panel.parquet")
    facts = scan_spark(frame)
    unknown = facts.filter("ratio is null").count()
    assert unknown == made.facts()["ratio"].isna().sum()
    same(pandas(facts), made.facts())


def test_what_is_wrong_is_said(made: Any, spark: Any, tmp_path: Path) -> None:
    frame = parquet(spark, made.long(), tmp_path / "panel.parquet")
    with pytest.raises(MissingColumns, match="no column 'y'"):
        scan_spark(frame.drop("y"))
    with pytest.raises(NoValues):
        scan_spark(frame.filter("y is null"))
    with pytest.raises(MonthOutside):
        scan_spark(frame, month="2030-01")
    with pytest.raises(Exception, match="more than one value for"):
        scan_spark(frame.union(frame), first="2020-01", month="2022-06").count()


def test_without_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(TrendsError, match=r"pip install 'attack-trends\[spark\]'"):
        scan_spark(None)
