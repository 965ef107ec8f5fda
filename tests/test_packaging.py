"""What the built distributions hold, and whether they work away from the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def run(*command: object, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass(frozen=True)
class Built:
    wheel: Path
    sdist: Path

    def in_wheel(self) -> set[str]:
        with zipfile.ZipFile(self.wheel) as wheel:
            return set(wheel.namelist())

    def in_sdist(self) -> set[str]:
        with tarfile.open(self.sdist) as sdist:
            return {name.partition("/")[2] for name in sdist.getnames()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return Built(next(folder.glob("*.whl")), next(folder.glob("*.tar.gz")))


@pytest.fixture(scope="module")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new venv with the wheel; it borrows the dependencies, and not the editable project."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv" / "bin" / "python"
    site = Path(
        run(
            python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
        ).strip()
    )
    # Python does not read the .pth files of a folder that is itself named in one.
    paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "dependencies.pth").write_text("\n".join(sorted(paths)) + "\n")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    run(*pip, "install", "--no-deps", "--no-index", "--ignore-installed", built.wheel, cwd=folder)
    return python


def test_wheel_has_one_top_level_name(built: Built) -> None:
    assert {name.partition("/")[0] for name in built.in_wheel()} == {
        "trends",
        f"attack_trends-{PROJECT['version']}.dist-info",
    }


def test_wheel_holds_data_and_types_and_no_code_among_the_data(built: Built) -> None:
    names = built.in_wheel()
    assert {"trends/_data/datapackage.json", "trends/py.typed", "trends/__init__.pyi"} <= names
    assert f"attack_trends-{PROJECT['version']}.dist-info/licenses/LICENSE" in names
    assert not [name for name in names if name.startswith("trends/_data/") and ".py" in name]


def test_wheel_holds_every_file_of_the_package(built: Built) -> None:
    names = built.in_wheel()
    for folder, inside in (("trends", "trends"), ("datasets", "trends/_data")):
        for path in (ROOT / folder).rglob("*"):
            relative = path.relative_to(ROOT / folder).as_posix()
            if path.is_file() and "__pycache__" not in relative:
                assert f"{inside}/{relative}" in names


def test_sdist_can_be_tested(built: Built) -> None:
    names = built.in_sdist()
    assert {"LICENSE", "Makefile", "constraints.txt", "datasets/datapackage.json"} <= names
    assert {"tests/test_packaging.py", "trends/_data"} & names == {"tests/test_packaging.py"}
    assert not [name for name in names if name.startswith(("reports/", ".venv/", "dist/"))]


@pytest.mark.slow
def test_built_again_elsewhere_it_is_the_same_to_the_byte(built: Built, tmp_path: Path) -> None:
    """Twice from the source distribution: other folder, other day, other rights, other clock."""
    made = []
    for k, (folder, zone, mask) in enumerate((("a", "UTC", 0o022), ("b c/d", "Asia/Tokyo", 0o077))):
        source = tmp_path / folder
        source.mkdir(parents=True)
        with tarfile.open(built.sdist) as sdist:
            sdist.extractall(source, filter="data")
        (root,) = source.iterdir()
        for path in root.rglob("*"):
            os.utime(path, (k * 10**8, k * 10**8))
            path.chmod(0o777 & ~mask if path.is_dir() else 0o666 & ~mask)
        run(
            *(sys.executable, "-m", "build", "--no-isolation", "--outdir", source / "out", root),
            cwd=source,
            SOURCE_DATE_EPOCH="1735689600",
            TZ=zone,
            PYTHONHASHSEED=str(k),
        )
        files = sorted((source / "out").iterdir())
        made.append({path.name: path.read_bytes() for path in files})
    assert len(made[0]) == 2
    assert made[0] == made[1]


def test_wheel_loads_every_data_set_elsewhere(installed: Path, tmp_path: Path) -> None:
    script = (
        "import pathlib, sys, trends\n"
        "here = pathlib.Path(trends.__file__).resolve()\n"
        "assert here.is_relative_to(pathlib.Path(sys.prefix).resolve()), here\n"
        "for name in trends.data_sets():\n"
        "    trends.load(name)\n"
        "    print(name)\n"
    )
    loaded = run(installed, "-P", "-c", script, cwd=tmp_path).split()
    assert "drones-launched" in loaded


def test_wheel_is_sound_and_has_the_program(installed: Path, tmp_path: Path) -> None:
    script = (
        "from trends import doctor\n"
        "for finding in doctor.examine():\n"
        "    assert finding.ok, finding\n"
    )
    run(installed, "-P", "-c", script, cwd=tmp_path)
    assert "Usage: trends" in run(installed.with_name("trends"), "--help", cwd=tmp_path)


def test_no_folder_beside_the_package_is_a_package() -> None:
    # A top-level package `datasets` would hide the well-known one in an editable install.
    for folder in ("datasets", "benchmarks", "tests", "docs"):
        assert not list((ROOT / folder).rglob("__init__.py"))


def test_constraints_are_names_and_versions_of_everything_needed() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {}
    for line in lines:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.!+]*", line), line
        name, _, version = line.partition("==")
        pinned[re.sub(r"[-_.]+", "-", name).lower()] = version
    assert "attack-trends" not in pinned
    needed = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[>;]", need)[0] for need in needed}
    assert names <= set(pinned)


def test_no_file_names_a_package_registry() -> None:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    # Joined here, so that this file does not name them either.
    hosts = [
        ".".join(parts)
        for parts in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org"))
    ]
    options = ["--" + "-".join(words) for words in (("index", "url"), ("find", "links"))]
    words = [word.encode() for word in (*hosts, *options, "-".join(("extra", "index", "url")))]
    listed = run(git, "ls-files", "-z", "-co", "--exclude-standard", cwd=ROOT).split("\0")
    paths = [ROOT / name for name in listed if (ROOT / name).is_file()]
    assert len(paths) > 10
    for path in paths:
        content = path.read_bytes()
        assert not [word for word in words if word in content], path


def test_at_most_ten_packages_are_needed() -> None:
    assert len(PROJECT["dependencies"]) <= 10
