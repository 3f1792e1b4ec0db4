"""The keys of the binder: one table for what is pressed, the menus, the palette and the help."""

from collections.abc import Mapping
from enum import Flag, StrEnum, auto
from functools import partial
from typing import NamedTuple

from textual.binding import Binding, BindingType
from textual.keys import format_key

from tickler.core.filing.slots import CABINET, INBOX, LATER
from tickler.screens.binder.flows import (
    attachments,
    bring_in,
    call,
    clients,
    edit,
    evening,
    export,
    file,
    forms,
    handover,
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

#: What an action without a key of its own is bound to: no terminal sends it. `[keys]` gives a key.
NO_KEY = "no_key."


class Group(StrEnum):
    """How the keys are grouped in the help, first to last."""

    CALL = "Every call"
    ABOUT = "Moving about"
    CLIENT = "This client"
    DAY = "The day"
    SELDOM = "Seldom"


class Hand(Flag):
    """What may be in hand: an open or a closed dossier, a line of its own, several marked ones."""

    OPEN = auto()
    CLOSED = auto()
    SLIP = auto()
    MARKED = auto()
    ONE = OPEN | CLOSED | SLIP
    UNCLOSED = OPEN | SLIP


class Place(NamedTuple):
    """Where a menu has an action: by which letter, and for what is in hand."""

    menu: str
    letter: str
    hand: Hand = Hand.ONE | Hand.MARKED


#: The menus, by the name of their key.
MENU, GO = "menu", "go"

on_it = partial(Place, MENU)
go_to = partial(Place, GO)


class Key(NamedTuple):
    """What can be done at the binder: its keys, if any; a flow, or an action of Textual's.

    `label` is for the last line; `place` is where a menu has it.
    """

    name: str
    keys: str
    does: Flow | str
    tooltip: str
    label: str = ""
    group: Group = Group.SELDOM
    place: Place | None = None

    @property
    def binding(self) -> Binding:
        """Keys have priority so that each is done before the next is looked at.

        What is typed ahead of a form opening goes into the form. While a form is open
        `check_action` lets them through.
        """
        action = self.does if isinstance(self.does, str) else f"flow('{self.name}')"
        return Binding(
            self.keys or f"{NO_KEY}{self.name}", action, self.label or self.tooltip,
            show=bool(self.label), id=self.name, tooltip=self.tooltip, priority=True,
        )  # fmt: skip


CALL, ABOUT, CLIENT, DAY, SELDOM = Group

KEYS = (
    Key("log", "l", file.log, "log a contact and file the dossier", "log", CALL,
        on_it("l")),
    Key("move", "m", file.move, "file the dossier under another date", "move", CALL, on_it("m")),
    Key("open", "space", navigate.open_dossier, "the dossier in full, and back", "open", ABOUT),
    Key(MENU, "enter", "flow('menu')", "all that can be done with it", "menu", CLIENT),
    Key(GO, "g", "flow('go')", "a menu of where to go", "go", ABOUT),
    Key("who_calls", "ctrl+r", "app.who_calls", WHO_CALLS, "who calls", CALL),
    Key("find", "slash,f", look_up.find, "find by words or a number", "find", ABOUT),
    Key("new", "n", file.new, "a new dossier", "", DAY),
    Key("work", "w", navigate.work, "work through the pile", "work", DAY),
    Key("undo", "u", undo.undo, "take back the last action", "undo", CALL),
    Key("day_on", "plus", partial(file.shift, days=1), "a working day on", "", CALL,
        on_it("+", Hand.MARKED)),
    Key("day_back", "minus", partial(file.shift, days=-1), "a working day back", "", CALL,
        on_it("-", Hand.MARKED)),
    Key("later", "z", file.later, "later today: to the bottom", "", CALL,
        on_it("z", Hand.MARKED)),
    Key("copy", "y", call.copy, "copy the number to call", "", CALL),
    Key("address", "", call.address, "copy number, mail, web", "", CALL, on_it("y", Hand.ONE)),
    Key("dial", "Y", call.dial, "dial it by the system's phone", "", CALL,
        on_it("Y", Hand.ONE)),
    Key("spread", "s", spread.spread, "spread what is too much", "", DAY),
    Key("turn", "T", evening.turn, "turn the page in the evening", "", DAY),
    Key("import", "i", bring_in.import_, "import clients, or mails", "", SELDOM),
    Key("enter_paper", "ctrl+e", bring_in.enter, "type in a printed pile"),
    Key("changes", "U", undo.changes, "all that was done: undo, redo", "", DAY),
    Key("filter", "backslash,number_sign", navigate.filter_pile, "filter the pile as you type",
        "", DAY),
    Key("sort", "f7", navigate.sort, "sort the pile by its columns"),
    Key("mark", "v", lambda _, b: b.pile.action_mark(), "mark it, to act on all marked",
        "", DAY),
    Key("next_page", "right", lambda _, b: b.dock.dossier.flip(1), "the dossier's next page", "",
        ABOUT),
    Key("previous_page", "left", lambda _, b: b.dock.dossier.flip(-1), "the page before", "",
        ABOUT),
    Key("insert_before", "comma", partial(navigate.insert, by=-1), "the day before", "", ABOUT),
    Key("insert_after", "full_stop", partial(navigate.insert, by=1), "the day after", "", ABOUT),
    *(
        Key(f"digit_{n}", str(n), partial(navigate.digit, typed=n), "1 then 3: the 13th", "",
            ABOUT)
        for n in range(10)
    ),
    Key("step_back", "escape", navigate.step_back, "back, to the pile",
        "", ABOUT),
    # In the menu of the dossier, in its order.
    Key("promise", "", slips.make, "promise, appointment, topic", "", CLIENT,
        on_it("p", Hand.UNCLOSED)),
    Key("tick", "", slips.tick, "done: the promise is kept", "", CLIENT,
        on_it("x", Hand.UNCLOSED)),
    Key("drop", "", slips.drop, "remove the promise", "", CLIENT,
        on_it("r", Hand.SLIP)),
    Key("edit", "", edit.edit, "edit the card, or the people", "", CLIENT,
        on_it("e", Hand.ONE)),
    Key("history", "", look_up.history, "history: read and correct it", "", CLIENT,
        on_it("h", Hand.ONE)),
    Key("attach", "", attachments.attachments, "files: attach, open, save …", "",
        CLIENT, on_it("a", Hand.ONE)),
    Key("form", "", forms.form, "form: fill one in, open one", "", CLIENT,
        on_it("f", Hand.ONE)),
    Key("write", "", mail.write, "write a mail", "", CLIENT,
        on_it("w", Hand.ONE)),
    Key("close", "c", file.close, "close: won, lost, resting", "", CLIENT,
        on_it("c", Hand.OPEN | Hand.MARKED)),
    Key("export", "", export.export, "export it: .csv .vcf .ics …", "", SELDOM,
        on_it("o", Hand.OPEN | Hand.CLOSED | Hand.MARKED)),
    Key("paper", "", print.print_dossiers, "on paper: print .html .pdf", "", SELDOM,
        on_it("P", Hand.OPEN | Hand.CLOSED | Hand.MARKED)),
    Key("mark_all", "", lambda _, b: b.pile.action_mark_all(), "mark all of the pile, or none",
        "", SELDOM, on_it("V")),
    Key("link", "", clients.link, "share another one's card", "", SELDOM,
        on_it("s", Hand.ONE)),
    Key("merge", "", clients.merge, "merge the marked one into it", "", SELDOM,
        on_it("i", Hand.MARKED)),
    Key("forget", "", clients.forget, "erase the client for good", "", SELDOM,
        on_it("D", Hand.OPEN | Hand.CLOSED)),
    # In the menu of places.
    Key("today", "", navigate.today, "today's pile", "", ABOUT, go_to("t")),
    Key("inbox", "", lambda _, b: b.go(INBOX), "the inbox: without a date", "", ABOUT,
        go_to("i")),
    Key("far", "", lambda _, b: b.go(LATER), "later than the months", "", ABOUT, go_to("l")),
    Key("cabinet", "", lambda _, b: b.go(CABINET), "the cabinet: who is closed", "", ABOUT,
        go_to("c")),
    Key("load", "", look_up.load, "load of the weeks; absences", "", DAY,
        go_to("o")),
    Key("review", "", look_up.review, "review: planned, done, kept", "", DAY,
        go_to("r")),
    Key("neglected", "", look_up.neglected, "neglected: no contact lately", "", DAY,
        go_to("n")),
    Key("print", "", print.print_pile, "print the pile", "", SELDOM, go_to("p")),
    Key("hand_over", "", handover.hand_over, "hand a pile to a colleague", "", SELDOM,
        go_to("h")),
    Key("bring_home", "", handover.bring_home, "bring that pile home", "", SELDOM,
        go_to("b")),
    Key("export_all", "", export.export_all, "export all of the binder", "", SELDOM,
        go_to("e")),
    Key("top", "", lambda _, b: b.pile.action_edge(-1), "the top of the pile", "", ABOUT,
        go_to("g")),
    # By name, in the palette.
    Key("note", "", file.note, "a note of your own, of no client"),
    Key("redo", "", undo.redo, "do again what was undone"),
    Key("backup", "", export.back_up, "make a backup of the binder"),
    Key("calendar", "", export.calendar, "write the calendar folder"),
    Key("as_text", "", edit.as_text, "all of it, in your editor"),
    Key("fold", "", lambda _, b: b.pile.action_fold(), "fold the group, or open it"),
    Key("print_slots", "", print.print_slots, "print the list of inserts"),
    Key("print_inserts", "", print.print_inserts, "print 1 to 31 and the months, each big"),
    Key("help", "question_mark", "flow('help')", "all keys and all signs", "more",
        ABOUT),
    Key("quit", "q", navigate.leave, "leave tickler", "", DAY),
)  # fmt: skip

BINDINGS: list[BindingType] = [key.binding for key in KEYS]

#: What is done at the binder, by its name, the menus and the help apart.
FLOWS: dict[str, Flow] = {key.name: key.does for key in KEYS if not isinstance(key.does, str)}

#: Actions that another one does now, for settings that name them.
RENAMED = {"slip": "promise", "attachments": "attach"}

#: What is done with a promise that has a line of its own, first to last, as the menu calls it.
OF_SLIP = {"tick": "done: it is kept", "move": "another day for it", "drop": "remove it"}

#: What a note of one's own has not: it belongs to no client.
OF_CLIENTS = {"address", "dial", "write", "link"}

#: What the application itself listens to, whatever screen or form is open.
ANYWHERE: list[BindingType] = [
    Key("who_calls", "ctrl+r", "who_calls", WHO_CALLS).binding,
    Key("palette", "ctrl+p", "palette", "anything, by its name").binding,
    Key("pause", "ctrl+z", "pause", "pause: fg in the shell resumes").binding,
    Key("reminder_done", "f8", "reminder_done", "the reminder in the first line: done").binding,
    Key("reminder_later", "f9", "reminder_later", "the reminder: five minutes more").binding,
]


def in_menu(menu: str, hand: Hand = Hand.OPEN, *, is_note: bool = False) -> list[Key]:
    """What a menu has for what is in hand, first to last; a line of its own is first about it."""
    found = [key for key in KEYS if key.place and key.place.menu == menu and hand & key.place.hand]
    if is_note:
        found = [key for key in found if key.name not in OF_CLIENTS]
    if hand is not Hand.SLIP:
        return found
    own = {key.name: key for key in found if key.name in OF_SLIP}
    first = [own[name]._replace(tooltip=text) for name, text in OF_SLIP.items()]
    return [*first, *(key for key in found if key.name not in OF_SLIP)]


def keys_of(binding: Binding, own: Mapping[str, str]) -> str:
    """How it is pressed: `m`, `g i` in a menu, or nothing; `own` are keys that the rep chose."""
    name = binding.id or ""
    keys = own.get(name, binding.key)
    place = _PLACES.get(name)
    if not keys.startswith(NO_KEY):
        return " ".join(map(format_key, keys.split(",")))
    if place is None:
        return ""
    menu = own.get(place.menu, _KEYS_OF_MENUS[place.menu]).partition(",")[0]
    return f"{format_key(menu)} {place.letter}"


_PLACES = {key.name: key.place for key in KEYS}
_KEYS_OF_MENUS = {key.name: key.keys for key in KEYS if key.name in (MENU, GO)}
