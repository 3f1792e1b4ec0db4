"""Writes what was measured into `docs/performance.md`, as tables and bars.

What a person wrote there stays: only the part between the two marks is replaced.
"""

from __future__ import annotations

import platform
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.measure import ROOT
from bench.peers import PEERS
from bench.plan import DAILY, FIGURES, GOALS, LISTED, WIDE
from tickler.core.review.report import strip

PAGE = ROOT / "docs/performance.md"
BEGIN, END = "<!-- measured: make bench -->", "<!-- end of what is measured -->"

#: How long the longest bar is.
_CELLS = 40

#: The figures of something, by their names in the plan, or with a size.
Figures = dict[str, float]


@dataclass
class Found:
    """All that was measured, and why what was not could not be."""

    figures: dict[str, Figures] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    #: By program and size, for each verb: milliseconds, and how many times that tickler takes.
    peers: dict[tuple[str, int], dict[str, tuple[float, float]]] = field(default_factory=dict)


def page(found: Found, sizes: Sequence[int]) -> str:
    """The measured part of the page."""
    parts = [
        " · ".join(_machine()),
        "## Goals", *_goals(found),
        "## Verbs of a day, as commands", *_verbs(found, sizes, "ms", DAILY),
        _plot(found, sizes),
        "## Verbs of a day, start-up excluded", *_verbs(found, sizes, "work", DAILY),
        "## What looks at much of the binder", *_verbs(found, sizes, "ms", WIDE),
        "## Everything else", *_rest(found),
        "## Next to other programs", *_peers(found, sizes),
    ]  # fmt: skip
    if found.failed:
        parts += ["## Not measured", *(f"- {what}: {why}" for what, why in found.failed.items())]
    return _laid_out(parts)


def write(measured: str) -> None:
    """Put it into the page."""
    text = PAGE.read_text("utf-8")
    head, _, rest = text.partition(BEGIN)
    tail = rest.partition(END)[2]
    PAGE.write_text(f"{head}{BEGIN}\n{measured}{END}{tail}", "utf-8")


def _plot(found: Found, sizes: Sequence[int]) -> str:
    """The verbs of a day as bars, one for each size of binder, as text."""
    bars = {
        (name, size): figure
        for name in DAILY
        for size in sizes
        if (figure := found.figures.get(name, {}).get(f"ms {size}"))
    }
    longest = max(bars.values(), default=1)
    lines = ["```text"]
    for (name, size), figure in bars.items():
        called = name if size == sizes[0] else ""
        drawn = strip(figure / longest, _CELLS)
        lines.append(f"{called:12}{size:>8,} {drawn:{_CELLS}} {figure:5.0f} ms")
    return "\n".join([*lines, "```"])


def _machine() -> Iterator[str]:
    yield date.today().isoformat()
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    ).stdout.strip()
    yield f"tickler {version('tickler')}" + (f" ({commit})" if commit else "")
    yield f"{_processor()}, {platform.system()} {platform.release()}"
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield ", ".join(f"{name} {version(name)}" for name in ("Textual", "Typer", "SQLModel"))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return f"{len(names)} × {names[0]}" if names else platform.machine()


def _goals(found: Found) -> Iterator[str]:
    missed = 0
    rows = []
    for goal in GOALS:
        measured = found.figures.get(goal.what, {}).get(goal.figure)
        if measured is None:
            verdict = "not measured"
        else:
            verdict = "met" if _rounded(measured) <= goal.most else "**missed**"
            missed += verdict != "met"
        rows.append((goal.what, FIGURES[goal.figure], _said(measured), f"{goal.most:g}", verdict))
    yield f"{len(GOALS)} goals for the largest binder, {missed} missed."
    yield from _table(("what", "figure", "measured", "goal at most", ""), rows)


def _verbs(found: Found, sizes: Sequence[int], figure: str, names: object) -> Iterator[str]:
    growth = "growth" if figure == "ms" else "work growth"
    more = ("floor", "MB") if figure == "ms" else ("statements", "steps growth")
    heads = {"floor": "× floor", "statements": "statements", "steps growth": "database steps ×"}
    head = ["", *(f"{size:,}" for size in sizes), "growth", *(heads.get(m, m) for m in more)]
    rows = []
    for name in names:
        figures = found.figures.get(name, {})
        if growth not in figures:
            continue  # named below
        by_size = (figures.get(f"{figure} {size}") for size in sizes)
        rows.append([name, *map(_said, [*by_size, figures.get(growth), *map(figures.get, more)])])
    yield from _table(head, rows)


def _rest(found: Found) -> Iterator[str]:
    yield f"The list that is imported has {LISTED:,} clients; the largest binder is exported."
    others = {name: row for name, row in found.figures.items() if name not in (DAILY | WIDE)}
    columns = ("ms", "python", "floor", "MB", "growth", "MB growth")
    head = ("", "ms", "× bare Python", "× floor", "MB", "growth", "growth of memory")
    rows = [(name, *(_said(row.get(column)) for column in columns)) for name, row in others.items()]
    yield from _table(head, [row for row in rows if any(row[1:])])


def _peers(found: Found, sizes: Sequence[int]) -> Iterator[str]:
    ratios = [ratio for verbs in found.peers.values() for _, ratio in verbs.values()]
    yield (
        "Milliseconds of processor time, and in brackets how many times that tickler takes with "
        f"as many dossiers: in {sum(each > 1 for each in ratios)} of {len(ratios)} it takes longer."
    )
    verbs = ("today", "add", "move", "find")
    rows = []
    for peer in PEERS:
        for size in sizes:
            figures = found.peers.get((peer.program, size))
            if figures == {}:
                rows.append(
                    (peer.program, f"{size:,}", "takes minutes to fill or to read", "", "", "")
                )
            elif figures:
                cells = (figures.get(verb) for verb in verbs)
                said = (f"{_said(c[0])} ({_said(c[1])})" if c else "–" for c in cells)
                rows.append((peer.program, f"{size:,}", *said))
    yield from _table(("", "items", *verbs), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    yield "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _said(figure: float | None) -> str:
    if figure is None:
        return ""
    return f"{_rounded(figure):,g}" if figure < 10_000 else f"{round(figure):,}"


def _rounded(figure: float) -> float:
    return round(figure, 2) if figure < 10 else round(figure)


def _laid_out(parts: Sequence[str]) -> str:
    """Paragraphs with a line between them, but none between the lines of a list."""
    lines = (part + ("\n" if part.startswith(("- ", "## ")) else "\n\n") for part in parts)
    return "".join(lines).rstrip() + "\n"
