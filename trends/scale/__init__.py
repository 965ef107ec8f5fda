"""More series than fit in memory, or in one machine: the same facts, block by block."""

from trends.scale._block import FACTS, Clock, scan_block
from trends.scale.on_dask import scan_dask, scan_dask_array
from trends.scale.on_spark import scan_spark
from trends.scale.streaming import Scan, scan_parquet

__all__ = [
    "FACTS",
    "Clock",
    "Scan",
    "scan_block",
    "scan_dask",
    "scan_dask_array",
    "scan_parquet",
    "scan_spark",
]
