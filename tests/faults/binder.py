"""A binder with something of everything, and every kind of write that a command makes to it."""

from pathlib import Path

#: What comes by mail.
MAIL = b"""\
From: Anna Berg <anna@acme.example>
To: rita@tickler.example
Subject: the price
Date: Fri, 20 Nov 2026 10:00:00 +0100
Message-ID: <1@acme.example>

Please send the price of the crane.
"""

CLIENTS = 300

#: Each kind of write by its name; a test runs them in any order on the binder made below.
WRITES = {
    "add": ("add", "New {n}", "fri", "14:30", "--person", "Ida Ost", "--phone", "030 {n}"),
    "note": ("add", "Report {n}", "mon", "--note"),
    "move": ("move", "ACME", "+{n}d", "--why", "busy"),
    "move many": ("move", "tag:crane", "+1w", "--yes"),
    "log": ("log", "--with", "Anna", "ACME", "reached", "fri", "--", "spoke of {n}"),
    "log and promise": ("log", "Bauer", "no-answer", "+1b", "--", "rang {n}"),
    "promise": ("promise", "ACME", "price list {n}, by thu"),
    "tick": ("slip", "tick", "1"),
    "told": ("slip", "told", "2", "fri"),
    "person": ("person", "add", "ACME", "Person {n}", "phone=040 {n}"),
    "edit": ("edit", "Bauer", "city=Town {n}", "segment=A"),
    "correct": ("correct", "1", "rings out {n}"),
    "absence": ("absence", "24.12.-31.12."),
    "close": ("close", "Bauer", "--lost", "--why", "too dear"),
    "attach": ("file", "add", "ACME", "letter.bin"),
    "mail": ("import", "letter.eml", "--yes"),
    "import": ("import", "clients.csv", "--yes"),
    "merge": ("merge", "Doppel", "ACME", "--yes"),
    "link": ("link", "Bauer", "ACME"),
    "spread": ("spread", "late", "--into", "dec", "--yes"),
    "turn": ("turn", "--yes"),
    "fill in": ("form", "fill", "ACME", "first-call", "spoke-to=Anna {n}", "warmth=warm"),
    "hand over": (
        "handover",
        "--out",
        "pile{n}.tickler",
        "--days",
        "dec",
        "--to",
        "Tom",
        "--yes",
        "--force",
    ),
    "bring home": ("handover", "--in", "binder/away/pile.tickler", "--yes"),
    "undo": ("undo", "--yes"),
    "forget": ("forget", "Weg", "--yes", "--name", "Weg"),
}


def write_files(folder: Path) -> None:
    """The files that the writes take in."""
    (folder / "letter.bin").write_bytes(bytes(range(256)) * 1200)
    (folder / "letter.eml").write_bytes(MAIL)
    lines = (f"Client {n},0{n:06},client{n}@x.example,Town" for n in range(CLIENTS))
    table = "\n".join(["Company,Phone,Email,City", *lines])
    (folder / "clients.csv").write_text(table, "utf-8")


def fill(machine) -> None:
    """Make the binder: a few clients with people, promises, lines of history and dates."""
    write_files(machine.folder)
    for name, day in (("ACME", "fri"), ("Bauer", "today"), ("Doppel", "3.12."), ("Weg", "mon")):
        machine.does("add", name, day, "--tag", "crane", "--phone", "030 1", "--kind", "call")
    machine.does("add", "Spät", "20.11.", TICKLER_TODAY="2026-11-16")
    machine.does("person", "add", "ACME", "Anna Berg", "email=anna@acme.example")
    machine.does("log", "Bauer", "no-answer", "--", "rings out")
    for what in ("drawings", "price"):
        machine.does("promise", "ACME", f"{what}, by wed")
    away = machine.path.parent / "away"
    away.mkdir(mode=0o700)
    pile = away / "pile.tickler"
    machine.does("handover", "--out", pile, "--days", "dec", "--to", "Tom", "--yes")
    for words in (
        ("log", "Doppel", "reached", "10.12.", "--", "spoke"),
        ("add", "Of Tom", "8.12."),
    ):
        machine.does("--as", "Tom", "--db", pile, *words)
