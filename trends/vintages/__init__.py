"""What was known when: an append-only store of vintages, and how values are revised."""

from trends.vintages._adding import Added
from trends.vintages._connections import default_path
from trends.vintages._days import DayLike, as_day
from trends.vintages._errors import ConflictingVintage
from trends.vintages._store import Store
from trends.vintages._triangle import Revisions, revisions

__all__ = [
    "Added",
    "ConflictingVintage",
    "DayLike",
    "Revisions",
    "Store",
    "as_day",
    "default_path",
    "revisions",
]
