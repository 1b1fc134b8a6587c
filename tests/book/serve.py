"""A web server for tests: gzip as any host has it, the strict policy, and a count of what was sent."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from widgets.book.finish import POLICY

COMPRESSED = (".html", ".css", ".js", ".svg", ".xml", ".ant", ".json", ".txt", ".map")


@dataclass
class Served:
    """A site on a loopback port."""

    address: str
    folder: Path
    #: Path of each answer, and how many bytes its body had on the wire.
    sent: list[tuple[str, int]] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """What was sent, in kilobytes."""
        return sum(size for _, size in self.sent) / 1000


def _handler(served: Served) -> type[SimpleHTTPRequestHandler]:
    packed: dict[Path, bytes] = {}

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, directory=str(served.folder), **named)

        def do_GET(self) -> None:
            file = Path(self.translate_path(self.path))
            if file.is_dir():
                file /= "index.html"
            if not file.is_file():
                self.send_error(404)
                return
            if file not in packed:
                body = file.read_bytes()
                packed[file] = gzip.compress(body, 6) if file.suffix in COMPRESSED else body
            body = packed[file]
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            if file.suffix in COMPRESSED:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)
            served.sent.append((self.path, len(body)))

        def log_message(self, format: str, *arguments: Any) -> None:
            """Keep the test report quiet."""

    return Handler


@contextmanager
def serve(folder: Path) -> Iterator[Served]:
    """Serve a folder until the block ends."""
    served = Served("", folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(served)) as server:
        served.address = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
