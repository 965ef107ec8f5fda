"""The error of two values for one vintage."""

from __future__ import annotations

from trends.errors import TrendsError


class ConflictingVintage(TrendsError):
    """A store already holds another value, for the same month as known on the same day."""

    def __init__(
        self, store: str, series: str, what: str, as_of: object, stored: object, given: object
    ) -> None:
        self.store, self.series, self.what, self.as_of = store, series, what, as_of
        self.stored, self.given = stored, given
        super().__init__(
            f"{store}: {series}, {what} as of {as_of}: the store has {stored}, and {given} was "
            "given. A store changes nothing that it holds; if the source was revised on a later "
            "day, say which: as_of=... (--as-of)."
        )
