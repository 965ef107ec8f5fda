from trends.claims import Change as Change
from trends.claims import Multiple as Multiple
from trends.claims import Rank as Rank
from trends.claims import Record as Record
from trends.claims import Since as Since
from trends.claims import Streak as Streak
from trends.claims import Verdict as Verdict
from trends.detect import find_changes as find_changes
from trends.detect import find_ranks as find_ranks
from trends.detect import find_records as find_records
from trends.detect import find_streaks as find_streaks
from trends.errors import TrendsError as TrendsError
from trends.errors import TrendsWarning as TrendsWarning
from trends.loaders import data_sets as data_sets
from trends.loaders import load as load
from trends.loaders import load_launches as load_launches
from trends.loaders import load_table as load_table
from trends.loaders import load_territory as load_territory
from trends.newsworthiness import propose as propose
from trends.panel import Anomaly as Anomaly
from trends.panel import Panel as Panel
from trends.panel import as_month as as_month
from trends.panel import as_panel as as_panel
from trends.report import report as report

__version__: str
