"""TicklerApp, the terminal face: it holds the desk, the themes, and tells faults in one place."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import PurePath
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar, Concatenate, ParamSpec, TypeVar

from textual import work
from textual.app import App
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.theme import BUILTIN_THEMES

from tickler.config.file import remember_theme
from tickler.config.settings import Settings, config_path, place_of
from tickler.core.text import printable
from tickler.core.views import Receipt
from tickler.errors import TicklerError, Unreadable
from tickler.screens.binder.screen import BinderScreen
from tickler.screens.bindings import ANYWHERE
from tickler.screens.key_queue import ACT, OrderlyApp
from tickler.screens.themes import DARK, LIGHT

if TYPE_CHECKING:
    from tickler.core.views.binder import BinderView
    from tickler.desk import Desk, Work

P = ParamSpec("P")
R = TypeVar("R")

#: Told of a fault in a sentence; a form shows it itself, else the binder does.
Tell = Callable[[str], None]

#: An action that takes longer waits for another program, and says so.
WAITING_AFTER = 0.7
WAITING = "waiting until another program has written …"


class TicklerApp(OrderlyApp):
    """The binder in the terminal. `open_desk` is called in a thread once the frame is painted."""

    #: The screen that is there from the start has no turn of its own to load its style.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["tickler.tcss", "screens/binder/binder.tcss"]
    TITLE = "tickler"
    ENABLE_COMMAND_PALETTE = False  # ours has its own key, which can be changed
    BINDINGS: ClassVar[list[BindingType]] = ANYWHERE

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        settings: Settings | None = None,
        remember: Callable[[str], None] = lambda _: None,
        read_ahead: Callable[[], BinderView | None] = lambda: None,
    ) -> None:
        """`remember` keeps the name of a theme for the next time; `read_ahead` waits in a thread.

        Raises Unreadable where the settings name a theme, an action or a key that is not there.
        """
        settings = settings or Settings()
        worn = BUILTIN_THEMES.get(settings.theme or "")
        # Said here, for what turns the terminal's colours into others is set up only now.
        super().__init__(ansi_color=worn.ansi if worn else None)
        self.set_reactive(App.ansi_color, None)
        self.settings = settings
        self.date_words = settings.date_words
        self._open_desk = open_desk
        self._remember = remember
        self._read_ahead = read_ahead
        self._binder = BinderScreen()
        self._opening: asyncio.Task[Desk] | None = None
        self._dress(settings)
        self.own_keys = self._rekeyed(settings)

    def get_default_screen(self) -> BinderScreen:
        """The binder lies under all else."""
        return self._binder

    def _dress(self, settings: Settings) -> None:
        """Set the theme before the first frame: later it would be styled twice."""
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        name = settings.theme or DARK.name
        if name not in self.available_themes:
            known = ", ".join(sorted(self.available_themes))
            where = place_of(settings.source, "theme")
            raise Unreadable(f"{where}: there is no theme “{name}”; known: {known}")
        self.set_reactive(TicklerApp.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())

    def _rekeyed(self, settings: Settings) -> dict[str, str]:
        if not settings.keys:
            return {}
        from tickler.screens.keymap import own_keys  # noqa: PLC0415  # only where wanted

        given = own_keys(settings)
        self.set_keymap(given)
        return given

    async def apply_theme(self, theme: str) -> None:
        """Change to this theme, now and from now on."""
        self.theme = theme
        await self.guarded(self.tell, lambda: self._remember(theme))

    async def action_palette(self) -> None:
        """Offer actions, dossiers and themes by their names."""
        from tickler.screens.palette import Palette  # noqa: PLC0415  # when first wanted

        if not isinstance(self.screen, CommandPalette):
            # Awaited, so that what is typed next goes into it already.
            await self.push_screen(Palette())

    @work(group="ahead")
    async def on_ready(self) -> None:
        """Show what was read ahead, if the binder has not read for itself yet."""
        view = await asyncio.to_thread(self._read_ahead)
        if view and self._binder.view is None:
            self._binder.show(view)

    async def desk(self) -> Desk:
        """The desk, once it is open."""
        if self._opening is None:
            self._opening = asyncio.create_task(asyncio.to_thread(self._open))
        return await asyncio.shield(self._opening)

    def now(self) -> datetime:
        """The present instant in local time, by the desk's clock as soon as it is open."""
        opened = self._opening and self._opening.done() and not self._opening.exception()
        return self._opening.result().now() if self._opening and opened else datetime.now(UTC)

    def today(self) -> date:
        """The rep's day; the clock's until the desk is open."""
        opened = self._opening and self._opening.done() and not self._opening.exception()
        return self._opening.result().today() if self._opening and opened else date.today()

    async def services(self) -> ModuleType:
        """What a rep can do, once it is loaded."""
        await self.desk()
        from tickler import services  # noqa: PLC0415  # the frame is painted before

        return services

    async def see(
        self,
        question: Callable[Concatenate[Work, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R | None:
        """Ask the desk in a thread; a fault is told and becomes None."""
        return await self.see_or(self.tell, question, *args, **kwargs)

    async def see_or(
        self,
        tell: Tell,
        question: Callable[Concatenate[Work, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R | None:
        """As `see`, telling a fault to `tell`."""
        desk = await self.desk()
        return await self.guarded(tell, lambda: desk.see(question, *args, **kwargs))

    async def act(
        self,
        tell: Tell,
        action: Callable[Concatenate[Work, P], Receipt],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Receipt | None:
        """Do something at the desk, in a thread, and say what was done."""
        desk = await self.desk()
        waiting = self.set_timer(WAITING_AFTER, self._say_waiting)
        receipt = await self.guarded(tell, lambda: desk.do(action, *args, **kwargs))
        waiting.stop()
        if self.ignores_keys:
            self.ignores_keys = False
            self.say("")
        if receipt:
            self.say_done(receipt)
        return receipt

    async def write_unjournaled(
        self, action: Callable[Concatenate[Work, P], object], /, *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """Write what undo does not know of, in a thread; a fault is told. Whether it is written."""
        desk = await self.desk()

        def write() -> bool:
            desk.write_unjournaled(action, *args, **kwargs)
            return True

        return bool(await self.guarded(self.tell, write))

    async def vacuum(self, tell: Tell) -> tuple[PurePath, ...] | None:
        """Clear the file of who was forgotten, in a thread; a fault is told and becomes None."""
        desk = await self.desk()
        return await self.guarded(tell, desk.vacuum)

    async def pulse(self, tell: Tell) -> tuple[int, ...] | None:
        """Differs once another program has written; None while the database cannot be looked at."""
        desk = await self.desk()
        return await self.guarded(tell, desk.pulse)

    def tell(self, sentence: str) -> None:
        """Say a fault where the receipts are said."""
        self.say(f"✗ {printable(sentence)}", fault=True)

    def say(self, text: str, *, fault: bool = False, lasting: bool = False) -> None:
        """Say it in each binder: one that is left at once is not where it is read."""
        for screen in self.screen_stack:
            if isinstance(screen, BinderScreen):
                screen.say(text, fault=fault, lasting=lasting)

    def say_done(self, receipt: Receipt) -> None:
        """Say what was done, and what there is to warn of."""
        warned = "".join(f"  ⚠ {printable(remark.text)}" for remark in receipt.warnings)
        self.say(f"✓ {receipt.said}{warned}")

    def _say_waiting(self) -> None:
        """Keys pressed from now on would mean something else once the waiting is over."""
        self.ignores_keys = True
        self.say(WAITING, lasting=True)

    async def action_quit(self) -> None:
        """Leave; what was just typed is kept as a draft first."""
        for screen in self.screen_stack:
            if isinstance(screen, BinderScreen):
                await screen.keep_draft()
        self.exit()

    async def action_who_calls(self) -> None:
        from tickler.screens.caller import ask_who_calls  # noqa: PLC0415  # when first wanted

        # A worker of the screen below, so that keys typed ahead wait until the caller is there.
        self.screen.run_worker(ask_who_calls(self), group=ACT)

    async def guarded(self, tell: Tell, run: Callable[[], R]) -> R | None:
        """Run something in a thread; a fault is told and becomes None."""
        try:
            return await asyncio.to_thread(run)
        except TicklerError as error:
            tell(error.sentence)
            return None

    def _open(self) -> Desk:

        desk = self._open_desk()
        # The shell's entry turned it off to start faster; what is loaded by now stays, and
        # looking through it would make a key wait now and then.
        gc.freeze()
        gc.enable()
        return desk

    async def on_unmount(self) -> None:
        if self._opening and self._opening.done() and not self._opening.exception():
            self._opening.result().close()


def run(
    open_desk: Callable[[], Desk], settings: Settings, read_ahead: Callable[[], BinderView | None]
) -> None:
    """Open the binder; returns when the rep quits.

    Raises Unreadable before it opens where the settings cannot be followed.
    """
    path = settings.source or config_path()
    TicklerApp(open_desk, settings, partial(remember_theme, path), read_ahead).run()
