"""
Six months of a 500-agent operation in one process: memory at its peak, and time over 4, 13 and 26 weeks.

    .venv/bin/python -m benchmarks.six_months [rounds]

Each replication is played in a fresh process, as a run plays it: drawn, simulated and measured. The lengths alternate,
and of each the fastest round is told. Leaves with 1 if the peak passes 2 GB, or if a visit of the longest run takes
more than a quarter more time than one of the shortest.
"""

from __future__ import annotations

import re
import subprocess
import sys
from operator import itemgetter
from pathlib import Path
from time import process_time

FILE = Path(__file__).with_suffix(".yaml")
WEEKS = (4, 13, 26)
MOST_MEMORY = 2_000
"""[MB]"""
SLOWER = 1.25


def play(scenario: str, weeks: int) -> None:
    """Print visits, CPU time [s] and peak memory [MB] of one replication."""
    from ccsim import config, planning
    from ccsim.runner.replication import one_scenario

    plan = planning.plan(config.load(FILE, changes=[f"calendar.weeks={weeks}"]), scenario)
    begin = process_time()
    played = one_scenario(plan, 1, 1, keep_log=True, keep_trace=False)
    assert played.log is not None
    print(len(played.log.visits.type), process_time() - begin, peak_memory())


def peak_memory() -> float:
    """
    The most memory that this process has held [MB], as Linux tells it.

    Not `getrusage`: its peak begins with what the starting process held, and tests start this one from a large one.
    """
    told = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert told
    return int(told[1]) / 1000


def played_apart(scenario: str, weeks: int) -> tuple[int, float, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.six_months", "--play", scenario, str(weeks)]
    visits, seconds, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return int(visits), float(seconds), float(peak)


def main(rounds: int = 2) -> None:
    from ccsim import config

    failed = False
    for scenario in config.load(FILE).scenarios:
        print(scenario, flush=True)
        played = [[played_apart(scenario, length) for length in WEEKS] for _ in range(rounds)]
        found = [min(of_length, key=itemgetter(1)) for of_length in zip(*played, strict=True)]
        for length, (visits, seconds, peak) in zip(WEEKS, found, strict=True):
            each = f"{seconds / visits * 1e6:.1f} us each"
            print(
                f"  {length:3} weeks: {visits:9,} visits, {seconds:6.1f} s CPU, {each}, peak {peak:5.0f} MB", flush=True
            )
        rate = [seconds / visits for visits, seconds, _ in found]
        failed |= max(peak for *_, peak in found) > MOST_MEMORY or rate[-1] > SLOWER * rate[0]
    if failed:
        sys.exit(f"more than {MOST_MEMORY} MB, or time that grows faster than the number of contacts")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--play"]:
        play(sys.argv[2], int(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:]))
