"""The statistics of a row that tests of changes are made of, before any critical value."""

import numpy as np

from trends.kernels._gates import scan_best, scan_excess
from trends.kernels._outliers import choose_harmonics, drop_outliers, remove_season
from trends.kernels._partitions import partition_gain
from trends.kernels._plateaus import scan_plateaus
from trends.kernels._recent import fill_recent
from trends.kernels._rowwise import Row
from trends.kernels._scans import CRITERION, FLAT, LINE, PHI, PLACE, STEP, STEP_LINE

__all__ = [
    "GAIN", "GAIN_PHI", "LINE_3", "N_RAW", "OVER_FLAT", "OVER_LINE", "PHI_3", "RISE_3", "SCAN_PHI",
    "SEASON", "measure",
]  # fmt: skip

OVER_FLAT, OVER_LINE, SCAN_PHI, GAIN, GAIN_PHI, SEASON = range(6)
RISE_3, RISE_6, RISE_12, PHI_3, PHI_6, PHI_12, LINE_3, LINE_6, LINE_12, N_RAW = range(6, 16)


def measure(
    times: Row, z: Row, known: int, period: int, seasonal: bool, found: Row, raw: Row, marks: Row
) -> int:
    """Fill the statistics of a row, of which outliers are left out and the season is taken off.

    Returns how many steps are left.
    """
    all_times, all_z = np.empty(known), np.empty(known)
    for i in range(known):
        all_times[i], all_z[i] = times[i], z[i]
    season = seasonal and period > 1 and times[known - 1] - times[0] + 1 >= max(3 * period, 12)
    m = choose_harmonics(times, z, known, period) if season else 0
    n = drop_outliers(times, z, known, m, period, marks, found)
    if season and n < known:
        again = choose_harmonics(times, z, n, period)
        if again != m:
            m = again
            n = drop_outliers(times, z, n, m, period, marks, found)
    scan_plateaus(times, z, n, m, period, True, found)
    best, model = scan_best(found, n)
    raw[OVER_FLAT] = found[FLAT, CRITERION] - best
    raw[OVER_LINE] = found[LINE, CRITERION] - best
    raw[SCAN_PHI] = phi = found[model, PHI]
    if m > 0:
        passed = scan_excess(raw[OVER_FLAT], raw[OVER_LINE], phi, n, m) > 0.0
        step = int(found[model, PLACE]) if passed and model in (STEP, STEP_LINE) else 0
        remove_season(times, z, n, m, period, step, phi, all_times, all_z, known)
    last = all_times[known - 1]
    fill_recent(
        all_times, all_z, known, last, raw[RISE_3:PHI_3], raw[PHI_3:LINE_3], raw[LINE_3:N_RAW]
    )
    if n < known:  # a line must be beaten without the help of an outlier
        rises, phis = np.empty(3), np.empty(3)
        fill_recent(times, z, n, last, rises, phis, raw[LINE_3:N_RAW])
    raw[GAIN], raw[GAIN_PHI] = partition_gain(times, z, n)
    raw[SEASON] = m
    return n
