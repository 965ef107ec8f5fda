"""Series in Parquet files, and what is found beside the results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from trends.scale import FACTS


def write(made: Any, shape: str, path: Path, groups: int = 64) -> Path:
    frame = made.wide() if shape == "wide" else made.long()
    frame.to_parquet(path, row_group_size=groups, index=False)
    return path


def read(path: Path) -> pd.DataFrame:
    table = pq.ParquetFile(path).read()
    assert table.schema == FACTS
    return table.to_pandas()


def left_behind(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir() if path.name.startswith(out.name))


def n_parts(out: Path) -> int:
    return len(list(out.with_name(out.name + ".parts").glob("part-*.parquet")))
