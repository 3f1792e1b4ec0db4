"""The shell with a sample binder of its own, for lines that nobody typed."""

import contextlib
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Self

from tickler.cli import run

#: After so many lines the binder is again as it was.
_LINES = 200

#: No terminal obeys what is said: no control characters but ends of lines and tabs.
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_CODES = {*range(7), 130}


class Shell:
    """Types lines into a binder in a folder that is left to nobody."""

    def __init__(self, folder: Path) -> None:
        self._db, self._kept = folder / "binder.db", folder / "kept.db"
        self._typed = 0
        homes = {f"XDG_{what}_HOME": str(folder / what) for what in ("CONFIG", "DATA", "CACHE")}
        os.environ |= {
            **homes, "HOME": str(folder), "TICKLER_DB": str(self._db), "TICKLER_CONFIG": "",
            "TICKLER_TODAY": "2026-11-23", "TMPDIR": str(folder), "PATH": "",
        }  # fmt: skip
        (folder / "here").mkdir()
        os.chdir(folder / "here")
        for line in (
            ("add", "ACME", "fri", "--phone", "030 123456", "--person", "Anna Berg"),
            ("add", "Müller & Söhne", "tomorrow", "14:30"),
            ("promise", "ACME", "send the offer, by fri"),
            ("log", "ACME", "no-answer", "+2d", "--", "gone for lunch"),
        ):
            assert self._said(line)[0] == 0, self._said(line)
        shutil.copy(self._db, self._kept)

    @classmethod
    @cache
    def started(cls) -> Self:
        """The one shell of this process."""
        return cls(Path(tempfile.mkdtemp(prefix="tickler-fuzz-", dir=_memory())))

    def type(self, words: Sequence[str]) -> None:
        """Type a line: it ends in an exit code of ours, and says nothing that a terminal obeys."""
        self._typed += 1
        if self._typed % _LINES == 0:
            for each in self._db.parent.glob("binder.db*"):
                each.unlink()
            shutil.copy(self._kept, self._db)
        code, said = self._said(words)
        assert code in _CODES, (code, said)
        if "export" not in words:  # bytes for another program
            assert not _OBEYED.search(said.replace("\r\n", "\n")), said

    def _said(self, words: Sequence[str]) -> tuple[int, str]:
        out, before = io.TextIOWrapper(io.BytesIO(), "utf-8"), sys.stdin
        sys.stdin = io.TextIOWrapper(io.BytesIO(b""), "utf-8")
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                code = run(list(words), lambda *_: None)
        finally:
            sys.stdin = before
        out.flush()
        return code, out.buffer.getvalue().decode("utf-8", "replace")


def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
