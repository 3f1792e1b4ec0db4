"""What is said of the verbs before Typer is loaded; `make words` writes it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: The paragraphs of the help.
ABOUT: tuple[str, ...] = (
    "The sales binder: every client is under the day of the next contact.",
    "Without a verb it opens on today's pile.",
    "Example: tickler move ACME fri 14:30",
)

#: The options before the verb.
OPTIONS: tuple[tuple[str, str], ...] = (
    ("--db PATH", "The database, before TICKLER_DB and config.toml."),
    ("--as REP", "Whose binder it is."),
    ("--version", "Say which."),
    ("--install-completion", "Install completion for the current shell."),
    (
        "--show-completion",
        "Show completion for the current shell, to copy it or customize the installation.",
    ),
    ("-h, --help", "Show this message and exit."),
)

#: By subject, what a call begins with.
SUBJECTS: Mapping[str, Mapping[str, str]] = {
    "The day": {
        "today": "Show today's pile, in the order to work it.",
        "add": "Make a dossier and file it; without a date it goes to the inbox.",
        "log": "Write down a contact, and file the dossier under the next date.",
        "move": "File a dossier under another date, or many at once.",
        "show": "Show a dossier, or several: what is next, people, card, history.",
        "find": "Find dossiers by all that is written in them.",
        "ring": "Say who is calling, by the last digits of the number.",
        "promise": "Write down what a client was promised, and by when.",
        "turn": "Turn the page: what today leaves open goes to the next day.",
        "undo": "Take back the last action, or only line N of `tickler changes`.",
    },
    "Clients": {
        "list": "List dossiers by name, the cabinet included.",
        "edit": "Edit what a dossier says: its card, what to do. Its date stays.",
        "person": "A dossier's people: add, edit, remove, list.",
        "close": "Put a dossier, or several, into the cabinet.",
        "reopen": "Take a dossier out of the cabinet, to the inbox or a date.",
        "link": "Let NAME share the card of OTHER, another department.",
        "unlink": "Give NAME a copy of the card that it shares.",
        "merge": "Make one dossier of two: all of OTHER goes into NAME.",
        "forget": "Erase a client for good: undo does not bring it back.",
    },
    "Promises, mails and files": {
        "slip": "Promises, second appointments and topics, mails to answer.",
        "mail": "Write a mail to a person, in your mail program.",
        "file": "A dossier's files: add, list, open, save, rename, remove.",
        "form": "Forms of your own: filled in at a client, kept in the dossier.",
    },
    "Planning": {
        "pile": "Show the pile of a day, a month or an insert, as it is now.",
        "slots": "Show all inserts with count and load.",
        "load": "Show how full the next weeks are, and which days are off.",
        "spread": "Propose days for what is too much, is late or has none.",
        "fill": "Pull the longest untouched from a month to a thin day.",
        "absence": "Write down when you are away: those days are not working days.",
        "handover": "Hand the pile of some days to a colleague, and bring it home.",
        "when": "Say what a typed date means today, and change nothing.",
    },
    "Looking back": {
        "history": "Show how often a client was contacted, and all that was said.",
        "correct": "Correct a line of a history.",
        "review": "Look back: what was planned, done, slid and promised.",
        "changes": "List the last actions, the newest first.",
        "redo": "Do again what the last undo took back.",
    },
    "Paper": {
        "print": "Print dossiers, a pile, the inserts or the review.",
        "enter": "Enter what was written on a printed pile, in one step.",
    },
    "Settings": {
        "import": "Import client lists, calendars, mails or a whole binder.",
        "export": "Export dossiers to a file, the cabinet included.",
        "backup": "Make a backup of the binder, or list them.",
        "restore": "Put a backup in the place of the binder.",
        "calendar": "Write the binder as a calendar, one file a contact.",
        "demo": "Open the sample binder, or run any verb there. Your own binder is not touched.",
        "config": "Show the settings, or write a file for them: init.",
        "rep": "Whose binder it is: rename.",
        "doctor": "Check the binder, its file and this machine.",
        "salvage": "Bring what is readable in a damaged binder into a new one.",
        "help": "Say what a verb does, or list verbs, dates or contact words.",
    },
}

#: The second words of the verbs that have two.
SECOND: Mapping[str, Mapping[str, str]] = {
    "person": {
        "add": "Add a contact person to a dossier.",
        "edit": "Edit what a dossier says of a person.",
        "remove": "Remove a person from a dossier.",
        "list": "List a dossier's people, with the ids that...",
    },
    "slip": {
        "add": "Note a second appointment or topic, or a...",
        "list": "List the open slips, or all of one...",
        "tick": "Tick slips: they are done, and promises kept.",
        "told": "Put slips off to the day that the client...",
        "drop": "Drop slips that no longer apply; the...",
    },
    "file": {
        "add": "Attach files to a dossier.",
        "list": "List the files on a dossier, with the...",
        "open": "Open a private copy in the system's...",
        "save": "Save a file here, into a folder, under...",
        "rename": "Call a file on a dossier something else.",
        "remove": "Take files off a dossier; several: 3,4.",
        "read": "Read the files, of all dossiers, that...",
    },
    "form": {
        "list": "List the forms there are, and how often...",
        "new": "Write a form of your own; on a terminal...",
        "fill": "Fill a form in; its questions are asked...",
        "show": "List the sheets of a dossier, or show one.",
        "edit": "Edit answers of a sheet; an empty one...",
        "remove": "Remove a sheet from a dossier.",
        "export": "Write all sheets of a form as CSV, one a...",
    },
    "print": {
        "dossier": "Print dossiers to take along, each on...",
        "pile": "Print a pile, its lines numbered, with...",
        "slots": "Print all inserts, with what is there and...",
        "review": "Print the review of past days, of a week...",
        "inserts": "Print the sheets of a binder of paper: 1...",
    },
    "calendar": {"serve": "Serve the calendar to the programs of this..."},
    "rep": {"rename": "Give the rep of this binder another name."},
}

#: Which names are completed right after a verb: all, open or closed ones.
NAMED: Mapping[str, str] = {
    "log": "all",
    "move": "open",
    "show": "all",
    "promise": "open",
    "edit": "all",
    "person add": "all",
    "person edit": "all",
    "person remove": "all",
    "person list": "all",
    "close": "open",
    "reopen": "closed",
    "link": "all",
    "unlink": "all",
    "merge": "all",
    "forget": "all",
    "slip add": "open",
    "slip list": "all",
    "mail": "all",
    "file add": "all",
    "file list": "all",
    "form fill": "all",
    "form show": "all",
    "form edit": "all",
    "form remove": "all",
    "history": "all",
    "print dossier": "all",
}
