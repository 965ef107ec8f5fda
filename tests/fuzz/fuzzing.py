"""``make fuzz MINUTES=n``: inputs made after the code they reach, over every reader in turn."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "fuzz"
MOST_KEPT = 5  # inputs of one finding
MOST_DEATHS = 5  # of the processes of one target


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10, help="in all; the targets share them")
    options.add_argument("--targets", default="", help="names, parted by commas; all by default")
    options.add_argument("--build", type=Path, default=BUILD)
    given = options.parse_args(arguments)
    try:
        import atheris
    except ImportError as error:
        print(f"The fuzzer is not installed ({error}): pip install -e '.[fuzz]'", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["trends"], enable_loader_override=False):
        sys.path.insert(0, str(ROOT / "tests"))
        from fuzz.targets import TARGETS, folder
    folder()  # made here, so that it is removed when all is done
    names = given.targets.split(",") if given.targets else list(TARGETS)
    seconds = given.minutes * 60 / len(names)
    results = [_target(name, seconds, given.build / name) for name in names]
    total = {
        "executions": sum(each["executions"] for each in results),
        "findings": sum(len(each["findings"]) for each in results),
        "targets": results,
    }
    (given.build / "summary.json").write_text(json.dumps(total, indent=1) + "\n")
    print(f"{total['executions']:,} inputs, {total['findings']} findings: {given.build}")
    return 1 if total["findings"] else 0


def _target(name: str, seconds: float, folder: Path) -> dict[str, Any]:
    """Fuzz one target in a process of its own; if that dies, the time left goes to a new one."""
    counted: dict[str, Any] = {"executions": 0, "read": 0, "refused": 0, "findings": {}}
    ends = time.monotonic() + seconds
    folder.mkdir(parents=True, exist_ok=True)
    stats, log = folder / "stats.json", folder / "log.txt"
    died = 0
    while died < MOST_DEATHS and time.monotonic() < ends:
        stats.unlink(missing_ok=True)
        sys.stdout.flush()
        child = os.fork()  # what was imported and instrumented is there at once
        if not child:
            _as_child(name, ends, folder, log)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        found = json.loads(stats.read_text()) if stats.exists() else {}
        for key in ("executions", "read", "refused"):
            counted[key] += found.get(key, 0)
        counted["findings"] |= found.get("findings", {})
        if code:
            died += 1
            said = log.read_text("utf-8", "replace")[-800:]
            counted["findings"][f"the process ended with {code}"] = {"times": died, "said": said}
    shown = {"target": name, **counted, "findings": list(counted["findings"])}
    print(json.dumps(shown), flush=True)
    return {"target": name, **counted}


def _as_child(name: str, ends: float, folder: Path, log: Path) -> None:
    with log.open("wb") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    code = 1
    try:
        _fuzz(name, ends, folder)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _fuzz(name: str, ends: float, folder: Path) -> None:
    """Count what one process runs, keep what it finds, and end by itself."""
    import atheris
    from fuzz.seeds import SEEDS, TOKENS
    from fuzz.targets import TARGETS, finding

    corpus, seeds = folder / "corpus", folder / "seeds"
    for each in (corpus, seeds):
        each.mkdir(exist_ok=True)
    for seed in SEEDS[name]():
        (seeds / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
        finding(name, seed)  # what is imported late must not count as slow or large
    words = folder / "words.txt"
    words.write_text("".join(f'"{_escaped(token)}"\n' for token in TOKENS))
    counted: dict[str, Any] = {"executions": 0, "read": 0, "refused": 0, "findings": {}}
    saved = 0.0

    def run(data: bytes) -> None:
        nonlocal saved
        wrong, said = finding(name, data)
        counted["executions"] += 1
        if wrong:
            known = counted["findings"].setdefault(wrong, {"times": 0, "said": said, "files": []})
            known["times"] += 1
            if len(known["files"]) < MOST_KEPT:
                file = folder / f"crash-{hashlib.sha256(data).hexdigest()[:16]}"
                file.write_bytes(data)
                known["files"].append(file.name)
        else:
            counted[said] += 1
        now = time.monotonic()
        if now > saved + 1 or now > ends:
            saved = now
            (folder / "stats.json").write_text(json.dumps(counted))
        if now > ends:
            os._exit(0)  # libFuzzer itself stops only between two of its own reports

    limits = [f"-max_len={TARGETS[name].longest}", "-timeout=60", "-rss_limit_mb=3000"]
    atheris.Setup(
        [sys.argv[0], *limits, f"-dict={words}", f"-artifact_prefix={folder}/",
         str(corpus), str(seeds)],
        run,
    )  # fmt: skip
    atheris.Fuzz()


def _escaped(token: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token.encode())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
