"""A file in, a Panel out; one file a source."""

from trends.loaders import launches, tables, territories
from trends.loaders._choice import Loader, load_file
from trends.loaders.bundles import DataSet, data_sets, load
from trends.loaders.launches import load_launches
from trends.loaders.tables import load_table
from trends.loaders.territories import load_territory

__all__ = [
    "LOADERS",
    "DataSet",
    "Loader",
    "data_sets",
    "load",
    "load_file",
    "load_launches",
    "load_table",
    "load_territory",
]

LOADERS: dict[str, Loader] = {
    "launches": Loader(load_launches, launches.recognise, "time_start, time_end, model, launched"),
    "territory": Loader(load_territory, territories.recognise, "date, area"),
    "table": Loader(load_table, tables.recognise, "month, value"),
}
