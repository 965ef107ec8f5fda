"""A file in, a Panel out; one file a source."""

from trends.loaders import acled, fires, launches, polygons, reports, tables, territories, ucdp
from trends.loaders._air_force import AirForceReports
from trends.loaders._choice import Loader, load_file
from trends.loaders._limits import Limits
from trends.loaders.acled import load_acled
from trends.loaders.anomalies import load_anomalies
from trends.loaders.bundles import DataSet, data_sets, days_of, definitions, load
from trends.loaders.days import load_days
from trends.loaders.fires import load_fires
from trends.loaders.launches import (
    explain_launches,
    load_daily_records,
    load_launches,
    load_launches_daily,
    load_launches_weekly,
)
from trends.loaders.polygons import load_polygons, load_territory_changes
from trends.loaders.reports import find_post, load_reports, read_reports
from trends.loaders.tables import load_table
from trends.loaders.territories import load_territory
from trends.loaders.ucdp import load_ucdp

__all__ = [
    "LOADERS",
    "AirForceReports",
    "DataSet",
    "Limits",
    "Loader",
    "data_sets",
    "days_of",
    "definitions",
    "explain_launches",
    "find_post",
    "load",
    "load_acled",
    "load_anomalies",
    "load_daily_records",
    "load_days",
    "load_file",
    "load_fires",
    "load_launches",
    "load_launches_daily",
    "load_launches_weekly",
    "load_polygons",
    "load_reports",
    "load_table",
    "load_territory",
    "load_territory_changes",
    "load_ucdp",
    "read_reports",
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
    "reports": Loader(load_reports, reports.recognise, "messages"),
    "table": Loader(load_table, tables.recognise, "month, value"),
}
