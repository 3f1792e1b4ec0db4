"""Serves one calendar to the programs of this machine, under a path that nobody can guess."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tickler.errors import Refused, TicklerError
from tickler.system import files

#: This machine alone: no other can reach it.
HOST = "127.0.0.1"

#: How long a program may take to send its request or take the answer, in seconds.
_PATIENCE = 30

_FILE = "tickler.ics"

#: Gives the calendar as it is now; raises TicklerError.
Content = Callable[[], bytes]


class CalendarServer(ThreadingHTTPServer):
    """Answers GET and HEAD of `url` with the calendar, and everything else with 404.

    The calendar is read again for each request. Raises Refused where the port is taken.
    """

    daemon_threads = True

    def __init__(self, port: int, secret: str, content: Content) -> None:
        self.path = f"/{secret}/{_FILE}"
        self.content = content
        self.alone = threading.Lock()
        try:
            super().__init__((HOST, port), _Answer)
        except OSError as error:
            why = files.reason(error)
            raise Refused(f"cannot serve on port {port}: {why}; name another one") from error
        self.hosts = (f"{HOST}:{self.server_port}", f"localhost:{self.server_port}")

    @property
    def url(self) -> str:
        """What a calendar program is to subscribe to."""
        return f"http://{HOST}:{self.server_port}{self.path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A program that hangs up is no fault of ours."""


class _Answer(BaseHTTPRequestHandler):
    server: CalendarServer
    protocol_version = "HTTP/1.1"
    server_version = "tickler"
    sys_version = ""
    timeout = _PATIENCE

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        hosts = self.headers.get_all("Host", [])
        is_ours = len(hosts) == 1 and hosts[0].lower() in self.server.hosts
        is_it = hmac.compare_digest(self.path.encode(), self.server.path.encode())
        if not (is_ours and is_it):
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        try:
            with self.server.alone:
                body = self.server.content()
        except TicklerError:
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        known = self.headers.get("If-None-Match", "")
        is_known = tag in {each.strip().removeprefix("W/") for each in known.split(",")}
        self.send_response(HTTPStatus.NOT_MODIFIED if is_known else HTTPStatus.OK)
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", "private, no-cache")
        if not is_known:
            self.send_header("Content-Type", "text/calendar; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if with_body and not is_known:
            self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The bare code: what was asked is not repeated to anybody."""
        if code == HTTPStatus.NOT_IMPLEMENTED:
            code = HTTPStatus.METHOD_NOT_ALLOWED
        self.send_response(code)
        if code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # as it is called
        """Nothing is said of requests: they would have the path in them."""


def secret_at(path: Path) -> str:
    """The secret that is kept in a file for its owner alone, made where there is none yet."""
    if path.exists():
        if found := files.text_of(path, 200).strip():
            return found
        raise Refused("the file has no secret in it: remove it", path=path)
    made = secrets.token_urlsafe(24)
    files.write(path, f"{made}\n".encode())
    return made
