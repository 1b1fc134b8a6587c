"""Building a book in a test, as `make site` does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


def build(book: Path, environment: Mapping[str, str] | None = None, *options: str) -> subprocess.CompletedProcess[str]:
    """Run jupyter-book on a folder, with warnings as errors."""
    programs = Path(sys.executable).parent
    return subprocess.run(
        [str(programs / "jupyter-book"), "build", str(book), "-W", "--keep-going", *options],
        env={
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "NO_COLOR": "1",
            **(environment or {}),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def site_of(book: Path, environment: Mapping[str, str] | None = None) -> Path:
    """Build a book that must be free of warnings; return the folder of its pages."""
    done = build(book, environment)
    output = done.stdout + done.stderr
    lines = [line for line in output.splitlines() if "WARNING" in line or "ERROR" in line]
    assert done.returncode == 0, "\n".join([*lines, output[-2000:]])
    return book / "_build" / "html"
