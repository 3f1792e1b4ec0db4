"""The keys of the binder, those of the footer first to last, and what each does."""

from __future__ import annotations

from textual.binding import Binding, BindingType


def _key(key: str, action: str, label: str, tooltip: str, *, id: str = "") -> Binding:
    """A key of the binder; in the footer if it has a label.

    Keys have priority so that each is done before the next is looked at: what is typed ahead of
    a form opening goes into the form. While a form is open `check_action` lets them through.
    """
    return Binding(
        key, action, label or tooltip, show=bool(label), id=id or action, tooltip=tooltip,
        priority=True,
    )  # fmt: skip


WHO_CALLS = "who is calling: the dossier at once"

BINDINGS: list[BindingType] = [
    _key("l", "log", "log", "log a contact and file the dossier"),
    _key("m", "move", "move", "file the dossier under another date"),
    _key("space,enter", "open", "open", "the dossier in full, and back"),
    _key("ctrl+r", "app.who_calls", "who calls", WHO_CALLS, id="who_calls"),
    _key("f,slash", "find", "find", "find by all that is written, or a number"),
    _key("n", "new", "new", "a new dossier"),
    _key("c", "close", "close", "into the cabinet: won, lost, resting"),
    _key("e", "edit", "", "edit its card, or its people on their page"),
    _key("O", "as_text", "", "all of it as a text in your editor"),
    _key("E", "write", "", "write a mail to one of its people"),
    _key("P", "promise", "", "a promise to the client, with its day"),
    _key("S", "slip", "", "a slip: a second appointment or topic"),
    _key("F", "form", "", "a form: fill one in, or open a sheet"),
    _key("x", "tick", "", "tick the slip, or the dossier's first: it is done"),
    _key("X", "drop", "", "take the slip away: it has become void"),
    _key("a", "attach", "", "attach files to the dossier"),
    _key("A", "attachments", "", "its files: open one, save, rename, remove"),
    _key("right", "flip(1)", "", "the dossier's next page", id="next_page"),
    _key("left", "flip(-1)", "", "the page before", id="previous_page"),
    _key("w", "work", "work", "work through the pile, one after another"),
    _key("escape", "step_back", "", "back: from the dossier, the work, the marks"),
    _key("u", "undo", "undo", "take back the last action"),
    _key("U", "redo", "", "do again what was undone"),
    _key("H", "history", "", "its whole history; a line is corrected there"),
    _key("h", "changes", "", "what was done; one of it can be taken back"),
    _key("s", "spread", "", "spread: too much, no day, a thin day"),
    _key("T", "turn", "", "turn the page: the evening in one key"),
    _key("r", "review", "", "the review: what was planned, done and kept"),
    _key("p", "print", "", "print the pile, its lines numbered, into a file"),
    _key("L", "loads", "", "how full the next weeks are; when you are away", id="load"),
    _key("z", "later", "", "later today: to the bottom of the pile"),
    _key("plus", "shift(1)", "", "a working day on", id="day_on"),
    _key("minus", "shift(-1)", "", "a working day back", id="day_back"),
    _key("y", "copy", "", "copy the number to call"),
    _key("v", "mark", "", "mark it, to act on all marked at once"),
    _key("K", "link_card", "", "share another dossier's card, or no longer", id="link"),
    _key("M", "merge", "", "merge the marked dossier into the one in hand"),
    _key("D", "forget", "", "erase the client for good"),
    _key("t", "today", "", "today's pile"),
    _key("i", "inbox", "", "the inbox: what has no date yet"),
    _key("I", "neglected", "", "who has gone without contact for too long"),
    _key("comma", "insert(-1)", "", "the insert before", id="insert_before"),
    _key("full_stop", "insert(1)", "", "the insert after", id="insert_after"),
    *(
        _key(str(digit), f"digit({digit})", "", "1 then 3: insert 13", id=f"digit_{digit}")
        for digit in range(10)
    ),
    _key("question_mark", "help", "more", "all keys"),
    _key("q", "quit", "", "leave tickler"),
]

#: What the application itself listens to, whatever screen or form is open.
ANYWHERE: list[BindingType] = [
    _key("ctrl+r", "who_calls", "", WHO_CALLS),
    _key("ctrl+p", "palette", "", "any action, insert, dossier or theme by name"),
]
