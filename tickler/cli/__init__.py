"""The shell face: what is typed becomes one question or one action, and what came of it is said."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tickler import store
from tickler.cli import say
from tickler.cli.face import CheckSettings, Face, OpenBinder, all_well
from tickler.cli.letters import INSTEAD, Letters
from tickler.clock import Clock, system_clock
from tickler.errors import TicklerError, Unreadable

if TYPE_CHECKING:
    from tickler.desk import Desk

#: What a full disk or a lost terminal answers to the help that Typer prints itself.
_OUTPUT_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)

#: After these the sentence has said it all: that there is no binder yet is not the reason.
_OWN_FAULT = (TicklerError.exit_code, Unreadable.exit_code)


def run(
    words: Sequence[str],
    open_binder: OpenBinder,
    clock: Clock = system_clock,
    check: CheckSettings = all_well,
) -> int:
    """Do what the words of the command line say; returns the exit code.

    `open_binder` opens the terminal face, given how to open the desk, and `check` raises
    Unreadable where it could not follow the settings: the two faces do not know each other.
    """
    letters = _prepare_streams()
    face = Face(open_binder, clock, words, check=check)
    try:
        code = _answered(face)
    except BrokenPipeError:
        _drop_output()
        return 0
    finally:
        face.close()
    if lacking := letters.sentence:
        say.warn(lacking)
    code = _flushed(code, json=_wants_json(words))
    face.make_daily_backup()
    return code


def _prepare_streams() -> Letters:
    """What is done with letters that the terminal cannot show; typed wrong, one is U+FFFD.

    A closed output swallows what is said.
    """
    letters = Letters()
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # a stream
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # a stream
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if stream is sys.stdin else INSTEAD)
    return letters


def _flushed(code: int, *, json: bool) -> int:
    """Hand over what is still buffered; the exit code where that fails."""
    try:
        say.flush()
    except BrokenPipeError:
        _drop_output()
        return 0
    except say.Unwritten as error:
        _drop_output()
        say.fail(error, json=json)
        return error.exit_code
    return code


def _drop_output() -> None:
    """What is still buffered must not raise again at exit: nobody takes it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _answered(face: Face) -> int:
    """Run the command; everything that can go wrong is said here, once."""
    json = _wants_json(face.words)
    try:
        code = _done(face)
    except TicklerError as error:
        if isinstance(error, say.Unwritten):
            _drop_output()
        say.fail(error, json=json, words=face.date_words)
        code = error.exit_code
    except KeyboardInterrupt:
        code = 130
    except SystemExit as leave:
        if isinstance(leave.__context__, BrokenPipeError):
            raise leave.__context__ from None
        code = leave.code if isinstance(leave.code, int) else 0
    except OSError as error:
        if error.errno not in _OUTPUT_FAULTS:
            raise
        _drop_output()
        failure = say.unwritten(error)
        say.fail(failure, json=json)
        return failure.exit_code
    if face.opened:
        _tell_besides(face.opened, json=json, checked="doctor" in face.words)
    if code == 130:
        say.talk("")
    elif (code == 0 or not (json or code in _OWN_FAULT)) and (hint := face.hint()):
        say.talk(hint)
    return code


def _tell_besides(desk: Desk, *, json: bool, checked: bool) -> None:
    """Say what is to be known besides the answer, which of a `checked` binder says some."""
    if desk.renamed_from:
        say.talk(
            f"the rep of this binder, {desk.renamed_from}, is called "
            f"{desk.settings.rep} now, as the settings say"
        )
    if desk.unfollowed:
        say.warn(f"the calendar is not up to date: {desk.unfollowed}")
    if not (json or checked) and (why := store.open_mode.exposed(desk.path)):
        say.warn(why)
    if (unreadable := desk.unreadable) and not checked:
        say.warn(f"{unreadable}; `tickler doctor` says what to do")
    for told in desk.notices():
        say.warn(told)


def _done(face: Face) -> int:
    """Run the command; the binder on a terminal opens without what reads words."""
    if not face.words and say.at_terminal():
        face.open()
        return 0
    from tickler.cli import commands  # noqa: PLC0415  # see above

    return commands.call(face)


def _wants_json(words: Sequence[str]) -> bool:
    before = words[: words.index("--")] if "--" in words else words
    return "--json" in before
