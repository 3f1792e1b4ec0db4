"""The one place that prints: data to stdout, talk to stderr, and questions on a terminal."""

from __future__ import annotations

import contextlib
import io
import json as jsonlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO, TextIO

from tickler.cli import pages
from tickler.cli.cells import Cell, GivingWay, Row
from tickler.cli.hints import HINTS
from tickler.core.dates.language import ENGLISH, DateWords
from tickler.core.progress import Progress, unwatched
from tickler.core.text import escaped, printable_lines
from tickler.errors import Refused, TicklerError, Unreadable

if TYPE_CHECKING:
    from tickler.core.views import Receipt


#: On a terminal no more lines of a report are shown than this.
_MOST_LINES = 40


#: What is read for bytes that are no letter.
_WRONG = "\ufffd"


class Unwritten(TicklerError):
    """The output could not be written: the disk is full, or the terminal is gone."""


def data(text: str) -> None:
    """Print what was asked for; whatever is in it, the terminal takes it as text."""
    _out(printable_lines(text))


def _out(line: str, end: str = "\n") -> None:
    with _output():
        print(line, end=end, file=sys.stdout)  # noqa: T201  # the one place that prints


def raw(source: BinaryIO) -> None:
    """Hand on bytes as they are; raises Refused where a terminal would take them for commands."""
    if sys.stdout.isatty():
        raise Refused("a file is not written to the terminal: send it into a pipe or a file")
    with _output():
        sys.stdout.flush()
        while piece := source.read(2**20):
            sys.stdout.buffer.write(piece)


def document(content: str) -> None:
    """Hand on a text for another program, in UTF-8 as in a file, to the last character."""
    text(io.BytesIO(f"{content.removesuffix(chr(10))}\n".encode()))


def text(source: BinaryIO) -> None:
    """Hand on a text in UTF-8 as it is; a terminal takes whatever is in it as text."""
    if not sys.stdout.isatty():
        raw(source)
        return
    for line in source:
        data(line.decode("utf-8-sig").removesuffix("\n").removesuffix("\r"))


def flush() -> None:
    """Hand over what is still buffered; raises Unwritten where that fails."""
    with _output():
        sys.stdout.flush()


@contextlib.contextmanager
def of_what_was_done() -> Iterator[None]:
    """Print in here what an action did: where that fails, the sentence says that it was done."""
    try:
        yield
        flush()
    except Unwritten as error:
        raise Unwritten(f"done, but {error.sentence}") from error


def done(receipt: Receipt, *, json: bool, kept: bool = True, **more: object) -> None:
    """Say what a write did, or would do: on stdout, JSON with `more` in it; warnings on stderr."""
    with of_what_was_done() if kept else contextlib.nullcontext():
        if json:
            as_json({**pages.json.receipt(receipt, kept=kept), **more})
            return
        data(receipt.text if kept else f"would: {receipt.text}")
    for warning in receipt.warnings:
        warn(warning.text)


def report(lines: Sequence[str], speak: Callable[[str], None], *, always: bool = False) -> None:
    """Say the lines of a report; at a terminal, or `always`, only the first of them."""
    shown = _MOST_LINES if always or at_terminal() else len(lines)
    for line in lines[:shown]:
        speak(line)
    if len(lines) > shown:
        speak(f"… and {len(lines) - shown} more: --json has all")


def nothing_done(action: str, said: str = "") -> Receipt:
    """The receipt of an action that found nothing to do."""
    from tickler.core.views import Receipt  # noqa: PLC0415  # seldom wanted, and long to load

    return Receipt(action, None, said)


def shown(
    rows: Iterable[Row],
    as_value: Callable[[], object],
    *,
    json: bool,
    give_way: GivingWay = (),
    nothing: str = "",
) -> None:
    """Print what was asked for in columns, or its value as JSON; `nothing` says there is none."""
    if json:
        as_json(as_value())
    elif lines := list(rows):
        table(lines, give_way=give_way)
    elif nothing:
        talk(nothing)


@contextlib.contextmanager
def _output() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritten(error) from error


def unwritten(error: OSError) -> Unwritten:
    """The sentence for an output that could not be written."""
    return Unwritten(f"the output could not be written: {error.strerror}")


def talk(text: str) -> None:
    """Say something on stderr; whatever is in it, the terminal takes it as text."""
    _aside(printable_lines(text))


def warn(sentence: str) -> None:
    """Warn of something that was done all the same."""
    talk(f"warning: {sentence}")


def _aside(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201  # the one place that prints


def as_json(value: object) -> None:
    """Print JSON: readable on a terminal, one line in a pipe; what is read of it is exact."""
    _out(json_of(value, sys.stdout, indent=2 if sys.stdout.isatty() else None))


def as_json_list(portions: Iterable[Sequence[object]]) -> None:
    """Print one list as `as_json` does, a portion at a time as it is read."""
    indent = 2 if sys.stdout.isatty() else None
    begin, end = "[", "]"
    for portion in filter(None, portions):
        inner = json_of(portion, sys.stdout, indent=indent)[1:-1]
        _out(f"{begin}{inner.removesuffix(chr(10))}", end="")
        begin, end = (", ", "]") if indent is None else (",", "\n]")
    _out(end if begin != "[" else "[]")


def json_of(value: object, stream: TextIO | None = None, *, indent: int | None = None) -> str:
    """A value as JSON for a stream, or for a file: names as letters, but none that a terminal
    obeys, which are escaped."""
    plain = stream is None or _takes_unicode(stream)
    return escaped(jsonlib.dumps(value, ensure_ascii=not plain, indent=indent))


def fail(error: TicklerError, *, json: bool, words: DateWords = ENGLISH) -> None:
    """Say what went wrong, and which dossiers may have been meant."""
    if json:
        found = [{"id": c.id, "name": c.name, "slot": c.slot} for c in error.candidates]
        message = printable_lines(error.in_full(HINTS))
        failure = {"code": error.exit_code, "message": message, "candidates": found}
        _aside(json_of(failure, sys.stderr))
        return
    talk(f"tickler: {error.with_hint(HINTS)}")
    rows: list[Row] = [
        [Cell(f"{c.id}", right=True), c.name, _insert(c.slot, words)] for c in error.candidates
    ]
    if rows:
        _aside(_laid_out(rows, sys.stderr, give_way=((1, 8),), indent="  "))


def _insert(slot: str, words: DateWords) -> str:
    """The name of a slot as its insert shows it."""
    kind, _, number = slot.partition(":")
    if kind == "day":
        return f"insert {number}"
    return words.months[int(number) - 1] if kind == "month" else slot


def table(rows: Iterable[Row], *, give_way: GivingWay = (), indent: str = "") -> None:
    """Print lines in columns; on a narrow terminal some of them `give_way`."""
    if lines := list(rows):
        _out(_laid_out(lines, sys.stdout, give_way=give_way, indent=indent))


def long_table(
    wide: Iterable[Row], portions: Iterable[Iterable[Row]], *, give_way: GivingWay = ()
) -> None:
    """Print lines in columns a portion at a time; those that are `wide` say how wide these are."""
    from tickler.cli.long_tables import LongTable  # noqa: PLC0415  # Rich, for what is in columns

    columns = LongTable(sys.stdout, give_way)
    columns.widen(columns.cells(wide))
    for portion in portions:
        if lines := "\n".join(columns.laid_out(portion)):
            _out(lines)
            flush()


def preview(rows: Iterable[Row], *, give_way: GivingWay = (), indent: str = "") -> None:
    """Show on stderr what would be done."""
    if lines := list(rows):
        _aside(_laid_out(lines, sys.stderr, give_way=give_way, indent=indent))


def agree(question: str, *, yes: bool, refusal: str) -> None:
    """Go on if `yes` was given or a person at a terminal says so; raises Refused."""
    if yes:
        return
    if not can_ask():
        raise Refused(f"{refusal}; --yes does it without asking")
    if not is_yes(answer(f"{question} [y/N]")):
        raise Refused("nothing was changed")


def answer(question: str) -> str:
    """What a person at the terminal types in answer, on one line.

    Raises KeyboardInterrupt where the terminal is gone or Ctrl+D was pressed.
    """
    while True:
        print(f"{printable_lines(question)} ", end="", file=sys.stderr, flush=True)  # noqa: T201
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        if _WRONG not in line:
            return line.strip()
        talk(f"this is not {sys.stdin.encoding}, as the terminal is set: type it again")


def hidden_answer(question: str) -> str:
    """What a person at the terminal types and nobody sees."""
    from getpass import getpass  # noqa: PLC0415  # seldom wanted

    try:
        return getpass(f"{printable_lines(question)} ", stream=sys.stderr)
    except EOFError:
        raise KeyboardInterrupt from None


def is_yes(typed: str) -> bool:
    """Whether an answer says yes; all else is no."""
    return typed.casefold() in ("y", "yes", "j", "ja")


def piped(most: int) -> str:
    """What comes through a pipe or out of a file, "" at a terminal; raises Unreadable."""
    if sys.stdin is None or sys.stdin.isatty():
        return ""
    try:
        data = sys.stdin.buffer.read(most + 1)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("what is piped in is not UTF-8") from None
    except OSError as error:
        raise Unreadable(f"what is piped in cannot be read: {error.strerror}") from error
    if len(data) > most:
        raise Unreadable(f"what is piped in has more than {most:,} bytes")
    return text


def can_ask() -> bool:
    """Whether a person is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def at_terminal() -> bool:
    """Whether a person types and looks: then bare `tickler` opens the binder."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def bar_of(title: str, rows: int, *, most_silent: int = 500, after: float = 0) -> ProgressBar:
    """A progress bar on stderr, for a person and for more rows than pass in a blink.

    `after` so many seconds it is shown, whatever the number of rows.
    """
    wanted = sys.stderr.isatty() and (after or rows > most_silent)
    return ProgressBar(title, rows if wanted else 0, after)


class ProgressBar:
    """A bar that is drawn while a long action runs, or nothing where nobody looks."""

    def __init__(self, title: str, rows: int, after: float = 0) -> None:
        self._title = title
        self._rows = rows
        self._from = time.monotonic() + after
        self._stop: Callable[[], None] = lambda: None
        self.step: Progress = unwatched

    def __enter__(self) -> Progress:
        if self._rows:
            self.step = self._wait
        return self._step

    def _step(self, done: int) -> None:
        self.step(done)

    def _wait(self, done: int) -> None:
        """Draw the bar once it is time."""
        if time.monotonic() >= self._from:
            self._draw()
            self.step(done)

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _draw(self) -> None:
        from rich.console import Console  # noqa: PLC0415  # only for long imports
        from rich.progress import Progress as Bar  # noqa: PLC0415

        bar = Bar(console=Console(stderr=True), transient=True)
        task = bar.add_task(self._title, total=self._rows)
        self._stop = bar.stop
        self.step = lambda done: bar.update(task, completed=done)
        bar.start()


def _takes_unicode(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "") == "utf8"


def _laid_out(
    rows: Sequence[Row], stream: TextIO, *, give_way: GivingWay = (), indent: str = ""
) -> str:
    from tickler.cli.tables import laid_out  # noqa: PLC0415  # Rich, for what is shown in columns

    return laid_out(rows, stream, give_way=give_way, indent=indent)
