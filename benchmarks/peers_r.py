"""The peers in R, where `Rscript` and the package are present: peers_r.R in a process of its own.

On Debian: apt-get install --no-install-recommends r-base-core r-cran-surveillance r-cran-mass
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import machine
import numpy as np
from answers import Array
from jobs import JOBS


@dataclass(frozen=True)
class RProgram:
    """One way to do one job in R.

    `function` is that of peers_r.R. `rtol` is said where the answers of R are less exact than those
    of the other peers: it takes the place of the job's. `side` is "check" for a program that is
    there for its answers and is no peer.
    """

    job: str
    name: str
    package: str
    function: str
    rows: int | None = None
    rtol: dict[str, float] = field(default_factory=dict)
    side: str = "theirs"


# As they come, glm and glm.nb stop where the deviance, or the likelihood, moves by less than 1e-8
# of itself, and glm's standard errors are those of its last step but one: tolerances for that
# (a slope near 0 has few digits then). The programs with a stricter limit show that the answers
# are the same but for that; they are no peers to be ahead of.
PROGRAMS = (
    RProgram("mann_kendall", "R stats::cor.test", "stats", "kendall", 2_500),
    RProgram(
        "poisson",
        "R stats::glm.fit",
        "stats",
        "poisson_glm",
        2_500,
        {"slope": 1e-7, "slope_error": 1e-4},
    ),
    RProgram(
        "negbin", "R MASS::glm.nb", "MASS", "negbin_glm", 1_000, {"slope": 5e-3, "alpha": 1e-5}
    ),
    RProgram(
        "negbin",
        "R MASS::glm.nb, to 1e-12",
        "MASS",
        "negbin_glm_converged",
        250,
        {"slope": 1e-6, "alpha": 1e-6},
        "check",
    ),
    RProgram("ears", "R surveillance", "surveillance", "ears"),
    RProgram("farrington", "R surveillance", "surveillance", "farrington", 200, {"bound": 5e-5}),
    RProgram(
        "farrington",
        "R surveillance, glm to 1e-14",
        "surveillance",
        "farrington_converged",
        50,
        side="check",
    ),
)


@functools.cache
def version(package: str) -> str | None:
    """The version of a package of R, None where it or R is absent."""
    if not shutil.which("Rscript"):
        return None
    code = f"cat(as.character(packageVersion('{package}')))"
    done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True)
    return done.stdout.strip() or None if done.returncode == 0 else None


def absent(package: str) -> str:
    """Why a package of R is not measured, "" if it can be."""
    if not shutil.which("Rscript"):
        return "R absent"
    return "" if version(package) else f"R package {package} absent"


def measure(program: RProgram, data: Path, answer: Path, limit: float) -> dict[str, Any]:
    """What R took, in the words of measure.py; the answers go into an .npz."""
    if problem := absent(program.package):
        return {"problem": problem}
    (names,) = (job.arrays for job in JOBS if job.key == program.job)
    arrays = {name: np.load(data / f"{name}.npy", mmap_mode="r")[: program.rows] for name in names}
    n, t = next(iter(arrays.values())).shape
    with tempfile.TemporaryDirectory() as folder:
        for name, array in arrays.items():
            array.astype("f8").tofile(Path(folder, f"{name}.f64"))
        script = machine.HERE / "peers_r.R"
        command = ["Rscript", "--vanilla", script, program.function, folder, n, *names]
        found = machine.last_json(command, limit)
        if "problem" not in found:
            np.savez(answer, **answers(Path(folder), n))
    size = sum(array.nbytes for array in arrays.values()) / 2**20
    found |= {"shape": (n, t), "input_mib": size, "result_bytes": 0}
    return found | {"version": version(program.package)}


def answers(folder: Path, n: int) -> dict[str, Array]:
    found = {}
    for path in folder.glob("answer-*.f64"):
        array = np.fromfile(path).reshape(n, -1)
        array[np.isnan(array)] = np.nan  # NA is a signalling one
        name = path.stem.removeprefix("answer-")
        found[name] = array[:, 0] if array.shape[1] == 1 else array
    return found
