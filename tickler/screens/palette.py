"""The command palette: every action of the binder, every dossier, the themes, by their names."""

from collections.abc import Iterator
from functools import partial
from inspect import isawaitable
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.command import Command, CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.types import IgnoreReturnCallbackType

from tickler.core.filing.slots import CABINET, OVERDUE
from tickler.core.text import fold, printable
from tickler.core.views import DossierRow
from tickler.screens.binder.screen import BinderScreen
from tickler.screens.bindings import keys_of
from tickler.screens.key_queue import finished
from tickler.services import clients
from tickler.session import Session, session_of
from tickler.widgets.keys import key
from tickler.widgets.styled import HEAD, QUIET, two_ends

#: How wide the box is at most, and what its margins and its bar for scrolling take.
_WIDTH, _MARGINS = 88, 3

#: Keys whose action needs no name: it is the key.
_DIGITS = "digit_"

#: What comes first: an action named so, a dossier named so, one that tells of it, the other hits.
_NAMED, _CALLED, _TOLD, _FOUND = 4.0, 3.0, 2.0, 1.0


class _Choice(NamedTuple):
    """What can be chosen: by what it is found, how it is shown, and what it does."""

    text: str
    shown: Content
    do: IgnoreReturnCallbackType


class _ByName(CommandPalette):
    """Enter waits for what is still searched, and the next key for what is done.

    Else what is typed ahead would choose from an older list, and go to the wrong screen.
    """

    CSS_PATH = "palette.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", "do what is marked", "palette_choose", priority=True)
    ]

    async def action_choose(self) -> None:
        for worker in self.workers:
            if worker.node is self and not worker.is_finished:
                await finished(worker)
        options = self.query_one(CommandList)
        if options.highlighted is None:
            return
        chosen = options.get_option_at_index(options.highlighted)
        if isinstance(chosen, Command):
            await self.dismiss()
            done = chosen.hit.command()
            if isawaitable(done):
                await done


class Palette(_ByName):
    """Actions and dossiers. While a form is open its keys are its own: only the rest is here."""

    def __init__(self) -> None:
        super().__init__(
            [Actions, Inserts, NamedThemes, Dossiers],
            placeholder="an action, a day, a dossier, a theme",
        )


class ThemePalette(_ByName):
    """The themes; the one chosen is remembered."""

    def __init__(self) -> None:
        super().__init__([Themes], placeholder="a theme")


class _AtBinder(Provider):
    """Offers what is at hand."""

    @property
    def session(self) -> Session:
        """What a screen may ask for."""
        return session_of(self.app)

    @property
    def room(self) -> int:
        """The cells of a line."""
        return min(_WIDTH, self.app.size.width * 96 // 100) - _MARGINS

    @property
    def binder(self) -> BinderScreen | None:
        """The binder below; None where something else is, or a form is open."""
        binder = self.screen
        return binder if isinstance(binder, BinderScreen) and not binder.dock.form else None


class _Offers(_AtBinder):
    """A list of offers, searched by their texts."""

    #: Whether they are shown before anything is typed.
    LISTED: ClassVar[bool] = True

    def offers(self) -> Iterator[_Choice]:
        """What there is, in the order in which it is shown before anything is typed."""
        raise NotImplementedError

    async def discover(self) -> Hits:
        for offer in self.offers() if self.LISTED else ():
            yield DiscoveryHit(offer.shown, offer.do, text=offer.text)

    async def search(self, query: str) -> Hits:
        wanted = fold(query)
        for offer in self.offers():
            text = fold(offer.text)
            if all(word in text for word in wanted.split()):
                score = _NAMED if text.startswith(wanted) else _TOLD
                yield Hit(score, offer.shown, offer.do, text=offer.text)


class Actions(_Offers):
    """What the keys of the binder do, and what has no key."""

    def offers(self) -> Iterator[_Choice]:
        if binder := self.binder:
            pile = binder.pile
            for owner, bindings in ((binder, binder.BINDINGS), (pile, pile.BINDINGS)):
                for binding in bindings:
                    if isinstance(binding, Binding) and not (binding.id or "").startswith(_DIGITS):
                        yield self._action(binding, owner)
        theme, leave = (
            _shown("theme", "other colours"),
            _shown("quit", "leave tickler", "^q", self.room),
        )
        yield _Choice("theme: other colours", theme, self._themes)
        if binder is None:
            yield _Choice("quit: leave tickler", leave, self.app.exit)

    async def _themes(self) -> None:
        await self.app.push_screen(ThemePalette())

    def _action(self, binding: Binding, owner: DOMNode) -> _Choice:
        name = (binding.id or binding.action).replace("_", " ")
        return _Choice(
            f"{name}: {binding.tooltip}",
            _shown(name, binding.tooltip, keys_of(binding, self.session.keys), self.room),
            partial(self.app.run_action, binding.action, owner),
        )


class Themes(_Offers):
    """Our own themes first, then the terminal's own colours, then the others."""

    def offers(self) -> Iterator[_Choice]:
        for name in sorted(self.app.available_themes, key=_as_wanted):
            worn = "as now" if name == self.app.theme else _SAID.get(name.partition("-")[0], "")
            yield _Choice(name, _shown(name, worn), partial(self._apply_theme, name))

    async def _apply_theme(self, name: str) -> None:
        """Change to this theme, now and from now on."""
        self.app.theme = name
        session = self.session
        await session.guarded(session.tell, lambda: session.remember_theme(name))


class NamedThemes(Themes):
    """The themes among all else: by their names alone."""

    LISTED = False


class Inserts(_Offers):
    """The inserts by their names: days, months, and what lies apart."""

    LISTED = False

    def offers(self) -> Iterator[_Choice]:
        binder = self.binder
        if binder is None or binder.view is None:
            return
        for insert in binder.view.inserts:
            if insert.slot != OVERDUE and (insert.date or insert.month or not insert.is_numbered):
                name = f"day {insert.label}" if insert.is_numbered else insert.label
                what = f"{insert.count} there"
                go = partial(binder.go, insert.key)
                yield _Choice(f"{name}: {what}", _shown(name, what), go)


class Dossiers(_AtBinder):
    """Every dossier that Find finds, the cabinet included."""

    async def search(self, query: str) -> Hits:
        binder = self.binder
        if binder is None:
            return
        found = await binder.session.see_or(lambda _: None, clients.find.find, query)
        rows: list[DossierRow] = found or []
        for place, row in enumerate(rows):
            insert = binder.session.date_words.insert(row.slot, row.insert)
            where = row.status.value if row.slot == CABINET else insert
            name = printable(row.name)
            called = fold(query) in fold(row.name)
            yield Hit(
                (_CALLED if called else _FOUND) - place / (len(rows) + 1),
                Content.assemble(name, (f"  {where}", "$text-accent")),
                partial(binder.go, row.key, row.id),
                text=name,
            )


#: What the first word of a theme's name means.
_SAID = {"tickler": "tickler's own", "ansi": "the terminal's own colours"}


def _as_wanted(name: str) -> tuple[int, str]:
    order = [*_SAID]
    family = name.partition("-")[0]
    return (order.index(family) if family in order else len(order), name)


def _shown(name: str, what: str, keys: str = "", room: int = 0) -> Content:
    """A name, what it does, and at the end of the line its keys."""
    left = Content.assemble((f"{name:<14} ", "bold"), (what, QUIET))
    return two_ends(left, Content.styled(keys, HEAD), room) if keys else left
