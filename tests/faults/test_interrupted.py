"""Ctrl-C in the middle of a real run: what is finished is kept, and nobody goes on working in the background."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ccsim
from tests.small_desk import SMALL_DESK

LONG = "replications: 5000"
PROCESSES = 4
"""Two workers, and the two trackers of what they share."""
HANG = 60
"""Nobody waits longer than that, even on a machine under load. [s]"""


def children(parent):
    """Process ids of a process's children, and theirs."""
    told = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in told.splitlines()]
    direct = [pid for pid, of in pairs if of == parent]
    return direct + [grandchild for child in direct for grandchild in children(child)]


def working(processes):
    """Those that still run; what has ended but was not yet buried (a zombie) does not."""
    told = subprocess.run(["ps", "-e", "-o", "pid=,stat="], capture_output=True, text=True, check=True).stdout
    states = dict(line.split() for line in told.splitlines())
    return [pid for pid in processes if not states.get(str(pid), "Z").startswith("Z")]


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.slow
@pytest.mark.parametrize("group", [False, True], ids=["to the command alone", "to all its processes"])
def test_ctrl_c_keeps_the_tables_and_leaves_no_process(tmp_path, group):
    """
    SIGINT three seconds in finds exit 130 at once, the tables on disk, no child alive; a minute is a hang.

    A terminal sends it to all processes in the foreground, ``kill`` to the command alone.
    """
    (tmp_path / "desk.yaml").write_text(SMALL_DESK.replace("replications: 6", LONG), encoding="utf-8")
    command = [Path(sys.executable).parent / "ccsim", "run", "desk.yaml", "--workers", "2", "--out", "out", "--log"]
    run = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    time.sleep(3)
    workers = children(run.pid)
    while len(workers) < PROCESSES and run.poll() is None:  # a machine under load may need longer to start them
        time.sleep(0.1)
        workers = children(run.pid)
    (os.killpg if group else os.kill)(run.pid, signal.SIGINT)
    deadline = time.monotonic() + HANG
    _, told = run.communicate(timeout=HANG)
    while working(workers) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert run.returncode == 130
    assert "Traceback" not in told
    assert "Interrupted" in told
    assert len(workers) >= PROCESSES
    assert not working(workers)
    results = ccsim.Results.load(tmp_path / "out")
    assert not results.complete
    assert results.sums()["replication"].nunique() == results.replications
