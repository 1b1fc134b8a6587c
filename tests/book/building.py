"""Building a book in a test, as `make site` does."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Built:
    """Outcome of a build."""

    status: int
    output: str

    @property
    def warnings(self) -> list[str]:
        return [line for line in self.output.splitlines() if "WARNING:" in line or "ERROR:" in line]


def build(book: Path, environment: Mapping[str, str] | None = None) -> Built:
    """Run jupyter-book on a folder, with warnings as errors."""
    programs = Path(sys.executable).parent
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    # Into a file: a pipe would be waited for as long as any process that the build left behind holds it.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        done = subprocess.run(
            [str(programs / "jupyter-book"), "build", str(book), "-W", "--keep-going"],
            env={**os.environ, "PATH": path, "NO_COLOR": "1", **(environment or {})},
            stdout=log,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=900,
        )
        log.seek(0)
        return Built(done.returncode, log.read())


def site_of(book: Path, environment: Mapping[str, str] | None = None) -> Path:
    """Build a book that must be free of warnings; return the folder of its pages."""
    built = build(book, environment)
    assert built.status == 0, "\n".join([*built.warnings, built.output[-2000:]])
    return book / "_build" / "html"
