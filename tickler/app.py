"""TicklerApp, the terminal face: themes, keys, and which screen is shown."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App, SuspendNotSupported
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.driver import Driver
from textual.filter import LineFilter
from textual.theme import BUILTIN_THEMES

from tickler.clock import Clock
from tickler.config.file import remember_theme
from tickler.config.places import config_path
from tickler.config.settings import Settings, place_of
from tickler.errors import Unreadable
from tickler.screens import terminal
from tickler.screens.binder.screen import BinderScreen
from tickler.screens.bindings import ANYWHERE
from tickler.screens.drafts import KeepsDraft
from tickler.screens.harmless import HARMLESS
from tickler.screens.key_queue import ACT, OrderlyApp
from tickler.screens.themes import DARK, themes
from tickler.session import Session
from tickler.store import open_mode
from tickler.system import bug_log
from tickler.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from tickler.core.views.binder import BinderView
    from tickler.desk import Desk

#: Who ends the program does not wait longer for a draft to be kept, in seconds.
KEPT_WITHIN = 3.0

#: When the backup of the day is thought of: once the binder is there, and whether a new day has
#: begun. In seconds.
_SETTLED, _NEXT_DAY = 5, 600


class TicklerApp(OrderlyApp):
    """The binder in the terminal. `open_desk` is called in a thread once the frame is painted."""

    #: The screen that is there from the start has no turn of its own to load its style.
    CSS_PATH: ClassVar[list[str | PurePath]] = ["tickler.tcss", "screens/binder/binder.tcss"]
    TITLE = "tickler"
    ENABLE_COMMAND_PALETTE = False  # ours has its own key, which can be changed
    BINDINGS: ClassVar[list[BindingType]] = ANYWHERE
    #: A fault of the program's own that ended it.
    fault: Exception | None = None

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        settings: Settings | None = None,
        remember: Callable[[str], None] = lambda _: None,
        read_ahead: Callable[[], BinderView | None] = lambda: None,
        *,
        clock: Clock | None = None,
        backs_up: bool = False,
    ) -> None:
        """`remember` keeps the name of a theme for the next time; `read_ahead` waits in a thread.

        `backs_up` is whether a backup is made once a day while the rep works.

        Raises Unreadable where the settings name a theme, an action or a key that is not there.
        """
        settings = settings or Settings()
        worn = BUILTIN_THEMES.get(settings.theme or "")
        # Said here, for what turns the terminal's colours into others is set up only now.
        super().__init__(ansi_color=worn.ansi if worn else None)
        self.set_reactive(App.ansi_color, None)
        self.session = Session(self, open_desk, settings, clock=clock, remember_theme=remember)
        self._read_ahead = read_ahead
        self._ending = False
        self._backs_up = backs_up
        self._looked_on: date | None = None
        self._binder = BinderScreen(self.session)
        self._dress(settings)
        self.session.keys = self._rekeyed(settings)

    def get_default_screen(self) -> BinderScreen:
        """The binder lies under all else."""
        return self._binder

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Whatever a screen shows, it passes through here."""
        return [*super().get_line_filters(), HARMLESS]

    def get_driver_class(self) -> type[Driver]:
        return terminal.on_terminal(super().get_driver_class())

    def _dress(self, settings: Settings) -> None:
        """Set the theme before the first frame: later it would be styled twice."""
        for theme in themes(self.console.color_system):
            self.register_theme(theme)
        self.set_reactive(TicklerApp.theme, _theme(settings, self.available_themes))
        self.stylesheet.set_variables(self.get_css_variables())

    def _rekeyed(self, settings: Settings) -> dict[str, str]:
        if not settings.keys:
            return {}
        from tickler.screens.keymap import own_keys  # noqa: PLC0415  # only where wanted

        given = own_keys(settings)
        self.set_keymap(given)
        return given

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
        desk = await self.session.desk()
        if why := open_mode.exposed(desk.path):
            self.session.tell(why)
        if self._backs_up:
            self.set_timer(_SETTLED, self._look_after)
            self.set_interval(_NEXT_DAY, self._look_after)

    @work(group="backup", exclusive=True)
    async def _look_after(self) -> None:
        """Once a day make a backup, and look through all that is in the binder."""
        session = self.session
        await session.back_up_daily()
        if self._looked_on != (today := session.today()):
            self._looked_on = today
            desk = await session.desk()
            if await session.guarded(session.tell, desk.look_through):
                self._binder.load()

    def say(self, text: str, *, fault: bool = False, lasting: bool = False) -> None:
        """Say it in each binder: one that is left at once is not where it is read."""
        for screen in self.screen_stack:
            if isinstance(screen, BinderScreen):
                screen.say(text, fault=fault, lasting=lasting)

    def say_of_field(self, text: str) -> None:
        """Say it where the field is: in the dialog, else in the last line."""
        from tickler.screens.dialog import Dialog  # noqa: PLC0415  # when first wanted

        screen = self.screen
        if not (isinstance(screen, Dialog) and screen.say_for_a_while(text)):
            self.session.say(text)

    async def action_quit(self) -> None:
        """Leave; what was just typed is kept as a draft first."""
        await self.keep_drafts()
        self.exit()

    async def action_pause(self) -> None:
        """Back to the shell, until it goes on with the binder."""
        await self.keep_drafts()
        try:
            paused = terminal.pause(self)
        except SuspendNotSupported:
            paused = False
        if not paused:
            self.session.tell("there is no shell here to go back to: Ctrl+Q leaves")

    def end_by(self, number: int) -> None:
        """End as a signal demands, once what was just typed is kept; a second one does not wait."""
        code = terminal.ENDED_BY + number
        if self._ending:
            self.exit(return_code=code)
        else:
            self._ending = True
            self.call_later(self._end, code)

    async def _end(self, code: int) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(self.keep_drafts()), KEPT_WITHIN)
        self.exit(return_code=code)

    async def keep_drafts(self) -> None:
        """Keep what was typed into the forms and screens that are open, at once."""
        for screen in self.screen_stack:
            for part in screen.walk_children(KeepsDraft, with_self=True):
                await part.keep_draft()

    async def action_who_calls(self) -> None:
        from tickler.screens.caller import ask_who_calls  # noqa: PLC0415  # when first wanted

        # A worker of the screen below, so that keys typed ahead wait until the caller is there.
        self.screen.run_worker(ask_who_calls(self), group=ACT)

    def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, lambda _: self._cover())

    def on_resize(self) -> None:
        self.call_later(self._cover)  # once the new size is known

    def _cover(self) -> None:
        """Cover the screen on top where it has no room, so that none is shown in pieces."""
        for screen in self.screen_stack:
            covers = screen.query(TooSmall)
            screen.set_class(self.is_too_small, "-covered")
            if not self.is_too_small or screen is not self.screen:
                covers.remove()
                continue
            if not covers:
                screen.mount(TooSmall())
            for cover in screen.query(TooSmall):
                cover.show(self.size)

    def action_reminder_done(self) -> None:
        self._binder.reminders.answer(later=False)

    def action_reminder_later(self) -> None:
        self._binder.reminders.answer(later=True)

    async def on_unmount(self) -> None:
        self.session.close()

    def note(self, about: Mapping[str, object]) -> None:
        """Note the fault of something that nobody waited for; the screen goes on."""
        error = about.get("exception")
        if isinstance(error, Exception):
            bug_log.fault(error)

    def _handle_exception(self, error: Exception) -> None:
        """End after a fault of the program's own.

        Textual would print every value at hand, clients' data among them, and without end where
        errors caused one another in a ring.
        """
        self.fault = self.fault or error
        self._return_code = 1
        if self._exception is None:  # who tests the application asks for it
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()


def check(settings: Settings) -> None:
    """Raise Unreadable where the settings name a theme, an action or a key that is not there."""
    from tickler.screens.keymap import own_keys  # noqa: PLC0415  # only where wanted

    _theme(settings, {*BUILTIN_THEMES, *(theme.name for theme in themes(None))})
    own_keys(settings)


def _theme(settings: Settings, known: Collection[str]) -> str:
    """The name of the theme; raises Unreadable where it is not among these."""
    name = settings.theme or DARK.name
    if name not in known:
        where, named = place_of(settings.source, "theme"), ", ".join(sorted(known))
        raise Unreadable(
            f"{where}: there is no theme “{name}”; known: {named}", path=settings.source
        )
    return name


def run(
    open_desk: Callable[[], Desk],
    settings: Settings,
    read_ahead: Callable[[], BinderView | None],
    clock: Clock,
) -> None:
    """Open the binder; returns when the rep quits.

    Raises Unreadable before it opens where the settings cannot be followed; SystemExit with the
    exit code where it did not end by the rep's own key; what ended it by a fault of its own.
    """
    path = settings.source or config_path()
    remember = partial(remember_theme, path)
    app = TicklerApp(open_desk, settings, remember, read_ahead, clock=clock, backs_up=True)
    asyncio.run(_running(app))
    if app.fault:
        raise app.fault
    if app.return_code:
        sys.exit(app.return_code)


async def _running(app: TicklerApp) -> None:
    terminal.listen(app.end_by)
    threading.excepthook = lambda about: app.note({"exception": about.exc_value})
    asyncio.get_running_loop().set_exception_handler(lambda _, about: app.note(about))
    await app.run_async()
