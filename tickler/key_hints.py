"""What to do about a failure, with the keys of the screens."""

from collections.abc import Mapping

from tickler.errors import Hint, TicklerError

#: What to do about a failure, with the binder's keys.
HINTS: Mapping[Hint, str] = {
    Hint.ABSENCES: "g o lists them",
    Hint.ANOTHER: "Enter again adds a second one of that name",
    Hint.ANSWER: "m another day, x keeps it here, d done",
    Hint.ATTACHMENTS: "Enter a lists them",
    Hint.CHANGES: "U lists them",
    Hint.DOCTOR: "leave and run `tickler doctor` to check the file",
    Hint.DROP_ABSENCE: "g o lists it, and removes it",
    Hint.EDIT: "Enter e writes one on its card",
    Hint.FORCE: "Enter again replaces it",
    Hint.HISTORY: "Enter h shows their numbers",
    Hint.MAP: "m says what a column holds",
    Hint.MOVE: "m files it",
    Hint.NEW_BINDER: "leave, and import it in the shell into a new file",
    Hint.OPEN_BINDER: "leave, and open it from the shell",
    Hint.PILE_OF: "Tab names another",
    Hint.PRINT: "Ctrl+P print numbers a pile",
    Hint.REOPEN: "m in the cabinet takes it out",
    Hint.SAVE_ANYWAY: "leave, and save it from the shell",
    Hint.SPREAD_LATE: "s on what is overdue files it",
    Hint.TURN: "T lists what is",
    Hint.WHO: "leave, and open it from the shell with your own name",
}


def in_words(error: TicklerError) -> str:
    """What is wrong, and what to do about it on the screen."""
    return error.with_hint(HINTS)
