"""Runs one process from start to end: its processor time, its memory, what it said."""

import json
import os
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# A process's peak memory is inherited from whoever starts it, and Python is larger than what is measured here. GNU time
# is small, so it starts the process.
STARTER = "/usr/bin/time"
# Runs shorter than this many CPU seconds are repeated, and the median counts.
SHORT = 1.0
# One thread each: processor seconds are compared, and two cores are nothing to show threads with.
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")}


@dataclass
class Run:
    """What a process took. `over`: it was ended at the limit, and its figures are what it had taken until then."""

    cpu: float
    wall: float
    megabytes: float
    said: str
    told: str
    code: int
    over: bool = False
    n: int = 1

    def answer(self) -> dict[str, Any] | None:
        """The JSON document on standard output, if the process came to its end and wrote one; solvers may speak before it."""
        if self.over or self.code != 0:
            return None
        for text in (self.said, self.said.strip().rpartition("\n")[2]):
            try:
                return json.loads(text)
            except ValueError:
                continue
        return None


def measure(command: list[str], limit: float, most: int) -> Run:
    """Runs the command; a short one up to `most` times, of which the median CPU seconds, and the largest memory, count."""
    runs = [once(command, limit)]
    while not runs[0].over and runs[0].code == 0 and len(runs) < most and sum(run.cpu for run in runs) < SHORT:
        runs.append(once(command, limit))
    result = runs[-1]
    result.cpu = statistics.median(run.cpu for run in runs)
    result.wall = statistics.median(run.wall for run in runs)
    result.megabytes = max(run.megabytes for run in runs)
    result.n = len(runs)
    return result


def once(command: list[str], limit: float) -> Run:
    """Runs the command once, for at most `limit` seconds by the clock."""
    with tempfile.TemporaryDirectory() as folder:
        out, err, memory = (Path(folder, name) for name in ("out", "err", "memory"))
        began = time.monotonic()
        with out.open("wb") as to_out, err.open("wb") as to_err:
            starter = subprocess.Popen(
                [STARTER, "-f", "%M", "-o", str(memory), *command],
                stdin=subprocess.DEVNULL, stdout=to_out, stderr=to_err,
                env={**os.environ, **ONE_THREAD}, start_new_session=True,
            )  # fmt: skip
            stopped: list[tuple[float, float]] = []
            timer = threading.Timer(limit, lambda: stopped.append(stop(starter.pid)))
            timer.start()
            _, status, used = os.wait4(starter.pid, 0)
            timer.cancel()
            starter.returncode = os.waitstatus_to_exitcode(status)
        said, told = out.read_text(errors="replace"), err.read_text(errors="replace")
        wall = time.monotonic() - began
        if stopped:
            cpu, megabytes = stopped[0]
            return Run(cpu, wall, megabytes, said, told, starter.returncode, over=True)
        kilobytes = int(memory.read_text().split()[-1])
        return Run(used.ru_utime + used.ru_stime, wall, kilobytes / 1024, said, told, starter.returncode)


def stop(starter: int) -> tuple[float, float]:
    """Ends the starter's session; what the process had taken until then, in CPU seconds and megabytes."""
    cpu = megabytes = 0.0
    try:
        child = Path(f"/proc/{starter}/task/{starter}/children").read_text().split()[0]
        fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        cpu = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        status = Path(f"/proc/{child}/status").read_text().splitlines()
        megabytes = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    except (OSError, IndexError, StopIteration):
        pass  # it came to its end at this moment
    try:
        os.killpg(starter, signal.SIGKILL)
    except ProcessLookupError:
        pass
    return cpu, megabytes
