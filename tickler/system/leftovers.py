"""Copies of clients' data that the program made outside the binder: opened files, edited texts."""

import os
import shutil
import tempfile
from pathlib import Path

from tickler.system import editor, programs


def clear() -> tuple[Path, ...]:
    """Delete the copies of files that were opened; returns what is left, such as kept texts.

    What was typed into an editor and not taken is kept: the rep was told where.
    """
    left: list[Path] = []
    opened = programs.copies()
    for folder in opened.iterdir() if opened.is_dir() else ():
        shutil.rmtree(folder, ignore_errors=True)
        if folder.exists():
            left.append(folder)
    kept = Path(tempfile.gettempdir()).glob(f"{editor.PREFIX}*/{editor.NAME}")
    return (*left, *(each for each in kept if each.stat().st_uid == os.getuid()))
