"""The verbs of the shell: their groups in `--help`, where each is, and what people type instead."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from tickler.errors import Unreadable

#: By subject, the verbs and where each is: its module here, and its function there. A verb of
#: several words is one of a group.
SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "The day": {
        "today": "piles.today",
        "add": "filing.add",
        "log": "filing.log",
        "move": "filing.move",
        "show": "find.show",
        "find": "find.find",
        "ring": "find.ring",
        "promise": "slips.promise",
        "turn": "evening.turn",
        "undo": "journal.undo",
    },
    "Clients": {
        "list": "find.list_",
        "edit": "cards.edit",
        "person add": "people.add",
        "person edit": "people.edit",
        "person remove": "people.remove",
        "person list": "people.list_",
        "close": "filing.close",
        "reopen": "filing.reopen",
        "link": "clients.link",
        "unlink": "clients.unlink",
        "merge": "clients.merge",
        "forget": "clients.forget",
    },
    "Promises, mails and files": {
        "slip add": "slips.add",
        "slip list": "slips.list_",
        "slip tick": "slips.tick",
        "slip told": "slips.told",
        "slip drop": "slips.drop",
        "mail": "mails.mail",
        "file add": "attachments.add",
        "file list": "attachments.list_",
        "file open": "attachments.open_",
        "file save": "attachments.save",
        "file rename": "attachments.rename",
        "file remove": "attachments.remove",
        "file read": "attachments.read",
        "form list": "forms.list_",
        "form new": "forms.new",
        "form fill": "forms.fill",
        "form show": "forms.show",
        "form edit": "forms.edit",
        "form remove": "forms.remove",
        "form export": "forms.export",
    },
    "Planning": {
        "pile": "piles.pile",
        "slots": "piles.slots",
        "load": "load.load",
        "spread": "spread.spread",
        "fill": "spread.fill",
        "absence": "load.absence",
        "handover": "handover.handover",
        "when": "when.when",
    },
    "Looking back": {
        "history": "history.history",
        "correct": "history.correct",
        "review": "review.review",
        "changes": "journal.changes",
        "redo": "journal.redo",
    },
    "Paper": {
        "print dossier": "printing.dossier",
        "print pile": "printing.pile",
        "print slots": "printing.slots",
        "print review": "printing.review",
        "print inserts": "printing.inserts",
        "enter": "paper.enter",
    },
    "Settings": {
        "import": "transfer.import_",
        "export": "export.export",
        "backup": "backups.backup",
        "restore": "backups.restore",
        "calendar serve": "calendar.serve",
        "demo": "demo.demo",
        "config": "config.config_",
        "rep rename": "reps.rename",
        "doctor": "doctor.doctor",
        "salvage": "doctor.salvage",
        "help": "help.help_",
    },
}

VERBS: Mapping[str, str] = {
    verb: place for verbs in SUBJECTS.values() for verb, place in verbs.items()
}

#: What the groups are for that do nothing alone; the others are commands themselves.
GROUPS: Mapping[str, str] = {
    "person": "A dossier's people: add, edit, remove, list.",
    "file": "A dossier's files: add, list, open, save, rename, remove.",
    "rep": "Whose binder it is: rename.",
    "print": "Print dossiers, a pile, the inserts or the review.\n\n"
    "`tickler print acme` is `tickler print dossier acme`.",
}
#: The verb of a group that is meant where none of its verbs is typed: `print acme`.
UNSAID: Mapping[str, str] = {"print": "dossier"}
ALONE: Mapping[str, str] = {
    "form": "forms.form",
    "slip": "slips.slips",
    "calendar": "calendar.calendar",
}

#: How to call the verbs, by the words that people type for them.
MEANT: Mapping[str, Sequence[str]] = {
    "today": ("next", "now", "day", "home", "status", "todo", "agenda", "heute"),
    "add NAME": ("new", "create", "insert", "neu"),
    "log NAME TEXT": ("done", "call", "called", "note", "contact", "visit", "write", "comment"),
    "move NAME WHEN": ("mv", "postpone", "snooze", "defer", "schedule", "later", "plan"),
    "show NAME": ("open", "cat", "view", "info", "get", "client", "dossier"),
    "find WORDS": ("search", "grep", "look", "suche"),
    "ring DIGITS": ("phone", "caller", "who", "tel"),
    "list": ("ls", "all", "clients", "dossiers"),
    "edit NAME": ("change", "set", "update", "rename"),
    "person list NAME": ("people", "persons", "contacts"),
    "close NAME": ("won", "lost", "archive", "finish", "end", "cabinet"),
    "slip tick N": ("tick", "check", "complete"),
    "slip list": ("slips", "promises", "reminder", "remind", "task", "tasks"),
    "mail NAME": ("email", "send"),
    "file add NAME FILE": ("attach", "upload", "files", "attachments"),
    "form": ("forms", "sheet", "sheets"),
    "pile WHEN": ("tomorrow", "inbox", "overdue", "late", "morgen"),
    "slots": ("binder", "inserts", "numbers"),
    "load": ("week", "month", "capacity"),
    "when WORDS": ("date", "dates", "parse", "wann"),
    "absence FROM TO": ("holiday", "holidays", "vacation", "away", "absent", "leave"),
    "handover --out FILE --days RANGE": ("stand-in", "substitute", "cover", "vertretung", "lend"),
    "review --week": ("report", "stats", "statistics", "figures"),
    "changes": ("journal", "log-book"),
    "calendar": ("cal", "ics", "ical", "icalendar", "vdir", "caldav", "kalender"),
    "undo": ("revert", "back", "rollback"),
    "import FILE": ("read", "load-file"),
    "backup": ("save", "backups", "copy", "sichern", "snapshot"),
    "restore last": ("recover", "wiederherstellen"),
    "export FILE": ("dump", "csv", "xlsx", "excel"),
    "doctor": ("check-up", "verify", "check", "health"),
    "doctor --repair": ("repair", "fix", "mend"),
    "salvage DAMAGED NEW.db": ("recover", "rescue", "dump-damaged"),
    "doctor --duplicates": ("duplicates", "dupes"),
    "config": ("settings", "setup", "options", "configure", "init"),
    "--version": ("version",),
}

#: What people type who want a dossier away, which there are two ways for.
_AWAY = ("delete", "rm", "del", "remove", "drop", "erase")


def first_words() -> list[str]:
    """What a call begins with: each verb, and each group of verbs once."""
    return list(dict.fromkeys(verb.partition(" ")[0] for verb in VERBS))


def by_subject() -> dict[str, list[str]]:
    """What a call begins with, by subject."""
    return {
        subject: list(dict.fromkeys(verb.partition(" ")[0] for verb in verbs))
        for subject, verbs in SUBJECTS.items()
    }


def unknown(typed: str, program: str) -> Unreadable:
    """The answer to a word that is not a verb: the verb to type, or those of close spelling."""
    word = typed.casefold()
    fault = f"“{typed}” is not a verb"
    if word in _AWAY:
        return Unreadable(
            f"{fault}: `{program} close NAME` puts a dossier into the cabinet, "
            f"`{program} forget NAME` erases it for good"
        )
    meant = next((call for call, words in MEANT.items() if word in words), None)
    if meant:
        return Unreadable(f"{fault}: type `{program} {meant}`")
    if close := get_close_matches(word, first_words()):
        return Unreadable(
            f"{fault}; did you mean {' or '.join(close)}? `{program} --help` lists all verbs"
        )
    return Unreadable(
        f"{fault}: `{program} show NAME` shows a dossier, `{program} --help` lists the verbs"
    )


def unknown_after(typed: str, program: str, words: Sequence[str]) -> Unreadable:
    """The answer to a word that is none of those that follow a verb of several."""
    *most, last = words
    listed = f"{', '.join(most)} or {last}" if most else last
    return Unreadable(f"“{typed}” is not what `{program}` does: type {listed} after it")
