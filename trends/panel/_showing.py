"""How a result shows itself: in a line, as text, and as a table in a notebook."""

from __future__ import annotations

import html
from typing import Any

MOST_CELLS = 100_000  # beyond, making the frame would take longer than a reader waits
MOST_ROWS = 16


class Shown:
    """What is shown by its `summary()` and its `frame()`, as far as it has them."""

    __slots__ = ()

    def _about(self) -> str:
        """The data that it is about."""
        for held in ("panel", "endog", "fit"):
            if (one := getattr(self, held, None)) is not None:
                return repr(one).strip("<>").removeprefix("Panel: ")
        return ""

    def _rows(self) -> Any:
        """The frame, or None where there is none or it is too large to be looked at."""
        panel = getattr(self, "panel", None)
        large = panel is not None and panel.values.size > MOST_CELLS
        return None if large or not hasattr(self, "frame") else self.frame()

    def __repr__(self) -> str:
        about = self._about()
        return f"<{type(self).__name__}: {about}>" if about else f"<{type(self).__name__}>"

    def __str__(self) -> str:
        if hasattr(self, "summary"):
            return str(self.summary())
        rows = self._rows()
        return repr(self) if rows is None else rows.to_string(max_rows=MOST_ROWS, index=False)

    def _repr_html_(self) -> str:
        text = self.summary() if hasattr(self, "summary") else repr(self)
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in str(text).splitlines())
        rows = self._rows()
        if rows is None or rows.empty:
            return lines
        return lines + str(rows.to_html(max_rows=MOST_ROWS, index=False, border=0))
