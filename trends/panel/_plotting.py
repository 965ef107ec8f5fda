"""A method that draws, for panels and for what is found in them."""

from __future__ import annotations

import importlib
from typing import Any

from trends.panel._showing import Shown


class Plotted(Shown):
    """What has a `plot` method.

    Charts stand on a higher floor. They are looked up by name when the method is called, so that
    nothing here imports them: docs/decisions/0010-plot-methods.md.
    """

    __slots__ = ()

    def plot(self, kind: str | None = None, *, ax: Any = None, **options: Any) -> Any:
        """Draw it with `trends.plot`, which says what the options are.

        Parameters
        ----------
        kind : str, optional
            Of chart, where there are several.
        ax : matplotlib Axes, optional
            Where to draw; on a new figure by default.
        **options
            Of `trends.plot`: title, subtitle, source, month, first, series, size, sharey.

        Returns
        -------
        matplotlib Axes
        """
        return importlib.import_module("trends.plots").plot(self, kind, ax=ax, **options)
