"""What stood around a measurement: the machine, the versions, the day, how busy it was."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def machine(linli: Path, python: Path, peers: list[str]) -> dict[str, Any]:
    """The facts that a figure means nothing without."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cpu": field("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(int((field("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) / 1024 / 1024),
        "system": f"{system()}, Linux {platform.release()}",
        "load": [round(part, 1) for part in os.getloadavg()],
        "linli": said([str(linli), "--version"]) or "unknown",
        "linli_built": datetime.fromtimestamp(linli.stat().st_mtime, UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "source": said(["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"]) or "unknown",
        "rustc": said(["rustc", "--version"]) or "not here",
        "python": said([str(python), "--version"]) or "not here",
        "peers": versions(python, peers),
    }


def field(path: str, name: str) -> str | None:
    """The first line `name : value` of a file."""
    for line in Path(path).read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return None


def system() -> str:
    """The distribution's name."""
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return "unknown system"


def said(command: list[str]) -> str | None:
    """What a short command prints."""
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=30).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None


def versions(python: Path, peers: list[str]) -> dict[str, str]:
    """The peers' versions as installed."""
    ask = "import sys; from importlib.metadata import version; print(*(version(p) for p in sys.argv[1:]))"
    told = said([str(python), "-c", ask, *peers]) if peers else None
    return dict(zip(peers, told.split(), strict=True)) if told else {}
