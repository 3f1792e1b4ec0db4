"""The keys of the binder, those of the footer first to last, and what each does."""

from functools import partial
from typing import NamedTuple

from textual.binding import Binding, BindingType

from tickler.screens.binder.flows import (
    attachments,
    bring_in,
    call,
    clients,
    edit,
    evening,
    file,
    forms,
    look_up,
    mail,
    navigate,
    print,
    slips,
    spread,
    undo,
)
from tickler.screens.binder.port import Flow

WHO_CALLS = "who is calling: the dossier at once"


class Key(NamedTuple):
    """A key of the binder: what it does, an action of Textual's in two cases; its footer label."""

    name: str
    keys: str
    does: Flow | str
    tooltip: str
    label: str = ""

    @property
    def binding(self) -> Binding:
        """Keys have priority so that each is done before the next is looked at.

        What is typed ahead of a form opening goes into the form. While a form is open
        `check_action` lets them through.
        """
        action = self.does if isinstance(self.does, str) else f"flow('{self.name}')"
        return Binding(
            self.keys, action, self.label or self.tooltip, show=bool(self.label), id=self.name,
            tooltip=self.tooltip, priority=True,
        )  # fmt: skip


KEYS = (
    Key("log", "l", file.log, "log a contact and file the dossier", "log"),
    Key("move", "m", file.move, "file the dossier under another date", "move"),
    Key("open", "space,enter", navigate.open_dossier, "the dossier in full, and back", "open"),
    Key("who_calls", "ctrl+r", "app.who_calls", WHO_CALLS, "who calls"),
    Key("find", "f,slash", look_up.find, "find by all that is written, or a number", "find"),
    Key("new", "n", file.new, "a new dossier", "new"),
    Key("close", "c", file.close, "into the cabinet: won, lost, resting", "close"),
    Key("edit", "e", edit.edit, "edit its card, or its people on their page"),
    Key("as_text", "O", edit.as_text, "all of it as a text in your editor"),
    Key("write", "E", mail.write, "write a mail to one of its people"),
    Key("promise", "P", slips.promise, "a promise to the client, with its day"),
    Key("slip", "S", slips.slip, "a slip: a second appointment or topic"),
    Key("form", "F", forms.form, "a form: fill one in, or open a sheet"),
    Key("tick", "x", slips.tick, "tick the slip, or the dossier's first: it is done"),
    Key("drop", "X", slips.drop, "remove the slip: it no longer applies"),
    Key("attach", "a", attachments.attach, "attach files to the dossier"),
    Key("attachments", "A", attachments.attachments, "its files: open one, save, rename, remove"),
    Key("next_page", "right", lambda _, b: b.dock.dossier.flip(1), "the dossier's next page"),
    Key("previous_page", "left", lambda _, b: b.dock.dossier.flip(-1), "the page before"),
    Key("work", "w", navigate.work, "work through the pile, one after another", "work"),
    Key("step_back", "escape", navigate.step_back, "back: from the dossier, the work, the marks"),
    Key("undo", "u", undo.undo, "take back the last action", "undo"),
    Key("redo", "U", undo.redo, "do again what was undone"),
    Key("history", "H", look_up.history, "its whole history; a line is corrected there"),
    Key("changes", "h", undo.changes, "what was done; any of it can be taken back"),
    Key("spread", "s", spread.spread, "spread: too much, no day, a thin day"),
    Key("turn", "T", evening.turn, "turn the page: the evening in one key"),
    Key("review", "r", look_up.review, "the review: what was planned, done and kept"),
    Key("print", "p", print.print_pile, "print the pile, its lines numbered, into a file"),
    Key("load", "L", look_up.load, "how full the next weeks are; when you are away"),
    Key("later", "z", file.later, "later today: to the bottom of the pile"),
    Key("day_on", "plus", partial(file.shift, days=1), "a working day on"),
    Key("day_back", "minus", partial(file.shift, days=-1), "a working day back"),
    Key("copy", "y", call.copy, "copy the number to call"),
    Key("dial", "Y", call.dial, "dial the number: the system's telephone calls it"),
    Key("filter", "backslash", navigate.filter_pile, "filter the pile as you type: Esc all again"),
    Key("sort", "f7", navigate.sort, "sort the pile by time, name, kind, what; again, reversed"),
    Key("mark", "v", lambda _, b: b.pile.action_mark(), "mark it, to act on all marked at once"),
    Key("link", "K", clients.link, "share another dossier's card, or no longer"),
    Key("merge", "M", clients.merge, "merge the marked dossier into the one in hand"),
    Key("forget", "D", clients.forget, "erase the client for good"),
    Key("today", "t", navigate.today, "today's pile"),
    Key("inbox", "i", navigate.inbox, "the inbox: what has no date yet"),
    Key("enter_paper", "ctrl+e", bring_in.enter, "type what was written on a printed pile"),
    Key("import", "ctrl+o", bring_in.import_, "import a client list, or mails"),
    Key("neglected", "I", look_up.neglected, "who has gone without contact for too long"),
    Key("insert_before", "comma", partial(navigate.insert, by=-1), "the insert before"),
    Key("insert_after", "full_stop", partial(navigate.insert, by=1), "the insert after"),
    *(
        Key(f"digit_{n}", str(n), partial(navigate.digit, typed=n), "1 then 3: insert 13")
        for n in range(10)
    ),
    Key("help", "question_mark", "help", "all keys", "more"),
    Key("quit", "q", navigate.leave, "leave tickler"),
)  # fmt: skip

BINDINGS: list[BindingType] = [key.binding for key in KEYS]

#: What a key does at the binder, by its name.
FLOWS: dict[str, Flow] = {key.name: key.does for key in KEYS if not isinstance(key.does, str)}

#: What the application itself listens to, whatever screen or form is open.
ANYWHERE: list[BindingType] = [
    Key("who_calls", "ctrl+r", "who_calls", WHO_CALLS).binding,
    Key("palette", "ctrl+p", "palette", "any action, insert, dossier or theme by name").binding,
    Key("pause", "ctrl+z", "pause", "pause: to the shell, where fg comes back").binding,
    Key("reminder_done", "f8", "reminder_done", "the reminder in the first line: done").binding,
    Key("reminder_later", "f9", "reminder_later", "the reminder: five minutes more").binding,
]
