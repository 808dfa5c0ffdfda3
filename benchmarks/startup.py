"""
How long ``ccsim --help`` takes: CPU time of the whole process, beside that of an empty Python.

    .venv/bin/python benchmarks/startup.py

Rounds alternate, so that both see the same machine; the median of each is told. The limit is 0.3 s.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

ROUNDS = 15
LIMIT = 0.3
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "ccsim --help": ["-c", "from ccsim.cli import main; main()", "--help"],
}


def cpu_seconds(arguments: list[str]) -> float:
    """User and system time of one process and its children. [s]"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    """Print the medians; leave with 1 beyond the limit."""
    rounds = [{name: cpu_seconds(arguments) for name, arguments in COMMANDS.items()} for _ in range(ROUNDS)]
    for name in COMMANDS:
        print(f"{name:16} {statistics.median(found[name] for found in rounds):.3f} s CPU")
    if statistics.median(found["ccsim --help"] for found in rounds) > LIMIT:
        sys.exit(f"slower than {LIMIT} s")


if __name__ == "__main__":
    main()
