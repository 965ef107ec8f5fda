"""The bounds of alarms against R's surveillance: what it computed once, and where it is, anew.

    python tests/kernels/test_alarms_r.py     write alarms_r.json anew, with the R of this machine

The file has the counts and R's bounds of each set of options, with the versions of R and of the
package. `glm` of R goes on here until the deviance moves by less than 1e-14 of itself; as it comes
it stops at 1e-8, and so far from the top of the likelihood bounds differ in the fifth digit.
"""

from __future__ import annotations

import functools
import json
import math
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from trends.kernels import alarms

FILE = Path(__file__).with_name("alarms_r.json")
PERIOD, STEPS, LAST = 12, 84, 3

SCRIPT = r"""
given <- commandArgs(trailingOnly = TRUE)
n <- as.integer(given[2])
read <- function(name) {
  matrix(readBin(file.path(given[1], name), "double", 1e6), ncol = n)
}
counts <- read("counts")
population <- read("population")
patient <- stats::glm.control
as_it_comes <- formals(patient)$epsilon
formals(patient)$epsilon <- quote(getOption("epsilon"))
formals(patient)$maxit <- 100
utils::assignInNamespace("glm.control", patient, "stats")
put <- function(name, columns) {
  numbers <- ifelse(is.na(columns), "null", formatC(columns, digits = 17, width = 1))
  rows <- apply(numbers, 2, function(row) paste0("[", paste(row, collapse = ", "), "]"))
  cat(sprintf('"%s": [%s],\n', name, paste(rows, collapse = ", ")))
}
farrington <- function(name, ..., epsilon = 1e-14) {
  options(epsilon = epsilon)
  usual <- list(
    range = nrow(counts) - (LAST - 1):0, b = 5, w = 1, noPeriods = 10, pastWeeksNotIncluded = 3,
    pThresholdTrend = 0.05, weightsThreshold = 2.58, alpha = 0.05, limit54 = c(0, 4),
    glmWarnings = FALSE
  )
  control <- modifyList(usual, list(...))
  series <- surveillance::sts(counts, frequency = 12, population = population)
  bounds <- suppressWarnings(surveillance::farringtonFlexible(series, control)@upperbound)
  put(name, bounds)
}
ears <- function(name, method, baseline) {
  series <- surveillance::sts(counts, frequency = 12)
  found <- surveillance::earsC(series, list(method = method, baseline = baseline))
  before <- matrix(NA, nrow(counts) - nrow(found@upperbound), n)
  put(name, rbind(before, found@upperbound))
  put(paste0(name, "_alarms"), rbind(before, +found@alarm))
}
cat("{\n")
farrington("usual")
farrington("as_it_comes", epsilon = as_it_comes)
farrington("windows_only", noPeriods = 1, pastWeeksNotIncluded = 1)
farrington("no_weights", reweight = FALSE)
farrington("low_limit", weightsThreshold = 1, noPeriods = 4, pThresholdTrend = 1)
farrington("no_trend", trend = FALSE, noPeriods = 5, w = 2, b = 4, powertrans = "1/2")
farrington("two_years", b = 2, noPeriods = 5, powertrans = "none")
farrington("muan", thresholdMethod = "muan", alpha = 0.01)
farrington("nb_plugin", thresholdMethod = "nbPlugin", alpha = 0.01, pThresholdTrend = 1)
farrington("population", populationOffset = TRUE)
ears("c1", "C1", 7)
ears("c2", "C2", 7)
ears("c1_long", "C1", 12)
ears("c3", "C3", 7)
version <- as.character(packageVersion("surveillance"))
cat(sprintf('"versions": {"R": "%s", "surveillance": "%s"}\n', getRversion(), version))
cat("}\n")
"""
USUAL = {
    "years": 5, "window": 1, "levels": 10, "skipped": 3, "trend_alpha": 0.05, "limit": 2.58,
    "alpha": 0.05, "power": 2 / 3, "method": alarms.DELTA, "as_surveillance": True,
}  # fmt: skip
FARRINGTON = {
    "usual": {},
    "as_it_comes": {},
    "windows_only": {"levels": 1, "skipped": 1},
    "no_weights": {"limit": math.inf},
    "low_limit": {"limit": 1.0, "levels": 4, "trend_alpha": 1.0},
    "no_trend": {"trend_alpha": 0.0, "levels": 5, "window": 2, "years": 4, "power": 0.5},
    "two_years": {"years": 2, "levels": 5, "power": 1.0},
    "muan": {"method": alarms.MUAN, "alpha": 0.01},
    "nb_plugin": {"method": alarms.NB_PLUGIN, "alpha": 0.01, "trend_alpha": 1.0},
    "population": {},
}
RTOL = {"as_it_comes": 5e-5, "muan": 0.0, "nb_plugin": 0.0}
EARS = {
    "c1": (alarms.ears_c1_bounds, 7),
    "c2": (alarms.ears_c2_bounds, 7),
    "c1_long": (alarms.ears_c1_bounds, 12),
}


def series():
    """Counts with seasons, trends, outliers, a quiet season and a flat stretch; and exposures."""
    rng = np.random.default_rng(20)
    level = np.exp(np.array([0.8, 2.0, 3.0, 4.0, 5.0, 2.0])[:, None])
    growth = np.exp(np.array([0, 0, 0.012, -0.01, 0.005, 0])[:, None] * np.arange(STEPS))
    season = np.exp(0.5 * np.sin(np.arange(STEPS) * math.tau / PERIOD))
    mean = level * growth * season
    alpha = np.array([0.3, 0.05, 0.1, 0.2, 0.02, 0.3])[:, None]
    counts = rng.poisson(mean * rng.gamma(1 / alpha, alpha, mean.shape)).astype(float)
    counts[rng.random(counts.shape) < 0.02] *= 6
    counts[5, 2::PERIOD] = 0
    counts[1, 30:45] = 8
    return counts, rng.integers(20, 32, counts.shape).astype(float)


def run_r(counts, exposure, folder):
    """What R prints."""
    counts.tofile(folder / "counts")
    exposure.tofile(folder / "population")
    script = folder / "bounds.R"
    script.write_text(SCRIPT.replace("LAST", str(LAST)))
    command = ["Rscript", "--vanilla", script, folder, str(len(counts))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@functools.cache
def missing():
    """Why R cannot be asked, "" if it can."""
    if not shutil.which("Rscript"):
        return "no Rscript here"
    command = ["Rscript", "--vanilla", "-e", "packageVersion('surveillance')"]
    done = subprocess.run(command, capture_output=True, timeout=60)
    return "no surveillance in R" if done.returncode else ""


@pytest.fixture(scope="module", params=["once", "now"])
def reference(request, tmp_path_factory):
    """Counts, exposures and the answers of R: those written down, and those of R here."""
    if request.param == "once":
        written = json.loads(FILE.read_text())
        return np.array(written["counts"]), np.array(written["exposure"]), written
    if missing():
        pytest.skip(missing())
    counts, exposure = series()
    return counts, exposure, run_r(counts, exposure, tmp_path_factory.mktemp("r"))


@pytest.mark.parametrize("name", FARRINGTON)
def test_farrington_bounds_equal_those_of_surveillance(reference, name):
    counts, exposure, known = reference
    given = (LAST, PERIOD, *{**USUAL, **FARRINGTON[name]}.values())
    exposure = exposure if name == "population" else 1.0
    found = alarms.farrington_bounds(counts, exposure, *given)[:, -LAST:]
    np.testing.assert_allclose(found, np.array(known[name], float), rtol=RTOL.get(name, 1e-7))


@pytest.mark.parametrize("name", EARS)
def test_ears_bounds_and_alarms_equal_those_of_surveillance(reference, name):
    counts, _, known = reference
    kernel, baseline = EARS[name]
    bounds = kernel(counts, baseline, 0.001, 0.0)
    np.testing.assert_allclose(bounds, np.array(known[name], float), rtol=1e-13)
    found = np.array(known[f"{name}_alarms"], float)
    np.testing.assert_array_equal(counts > bounds, np.nan_to_num(found) == 1)
    assert found[np.isfinite(found)].sum() > 0


def test_c3_is_that_of_surveillance_with_the_mean_in_the_place_of_the_count(reference):
    counts, _, known = reference
    theirs = np.array(known["c3"], float)
    ours = alarms.ears_c3_bounds(counts, 7, 0.025, 0.0)
    mean = alarms.ears_c2_bounds(counts, 7, 0.5, 0.0)
    some = np.isfinite(theirs) & (ours > 0)  # else what is below 0 is not known
    assert some.mean() > 0.5
    moved = np.maximum(ours - mean + counts, 0)
    np.testing.assert_allclose(moved[some], theirs[some], rtol=1e-12, atol=1e-9)


def test_published_scale_gives_other_bounds_than_surveillance(reference):
    counts, _, known = reference
    given = (LAST, PERIOD, *{**USUAL, "as_surveillance": False}.values())
    found = alarms.farrington_bounds(counts, 1.0, *given)[:, -LAST:]
    assert np.abs(found / np.array(known["usual"], float) - 1).max() > 0.01


if __name__ == "__main__":
    import tempfile

    counts, exposure = series()
    with tempfile.TemporaryDirectory() as made:
        answers = run_r(counts, exposure, Path(made))
    written = {"versions": answers.pop("versions"), "counts": counts.astype(int).tolist()}
    written |= {"exposure": exposure.astype(int).tolist(), **answers}
    lines = [f'"{name}": {json.dumps(part)}' for name, part in written.items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
