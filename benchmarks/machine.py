"""A line that says on what the numbers were measured."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def describe(browser_version: str) -> str:
    """Return processor, cores, memory, system, Python and browser in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        _processor(),
        f"{os.cpu_count()} cores",
        f"{memory:.0f} GiB",
        f"{platform.system()} {platform.release().split('-')[0]}",
        f"Python {platform.python_version()}",
        f"Chromium {browser_version}",
    ]
    return ", ".join(parts)


def _processor() -> str:
    """Name the processor; Linux keeps the readable name in a file."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
