"""A file in, a Panel out; one file a source."""

from trends.loaders import acled, fires, launches, polygons, tables, territories, ucdp
from trends.loaders._choice import Loader, load_file
from trends.loaders.acled import load_acled
from trends.loaders.anomalies import load_anomalies
from trends.loaders.bundles import DataSet, data_sets, definitions, load
from trends.loaders.fires import load_fires
from trends.loaders.launches import (
    explain_launches,
    load_daily_records,
    load_launches,
    load_launches_daily,
    load_launches_weekly,
)
from trends.loaders.polygons import load_polygons, load_territory_changes
from trends.loaders.tables import load_table
from trends.loaders.territories import load_territory
from trends.loaders.ucdp import load_ucdp

__all__ = [
    "LOADERS",
    "DataSet",
    "Loader",
    "data_sets",
    "definitions",
    "explain_launches",
    "load",
    "load_acled",
    "load_anomalies",
    "load_daily_records",
    "load_file",
    "load_fires",
    "load_launches",
    "load_launches_daily",
    "load_launches_weekly",
    "load_polygons",
    "load_table",
    "load_territory",
    "load_territory_changes",
    "load_ucdp",
]

LOADERS: dict[str, Loader] = {
    "launches": Loader(load_launches, launches.recognise, "time_start, time_end, model, launched"),
    "territory": Loader(load_territory, territories.recognise, "date, area"),
    "polygons": Loader(load_polygons, polygons.recognise, "type, features"),
    "acled": Loader(
        load_acled, acled.recognise, "event_id_cnty, event_date, event_type, admin1, fatalities"
    ),
    "ucdp": Loader(load_ucdp, ucdp.recognise, "id, country, date_start, date_end, best"),
    "fires": Loader(load_fires, fires.recognise, "date, war_fires_per_day, ..._held_area"),
    "table": Loader(load_table, tables.recognise, "month, value"),
}
