"""What a command has at hand: how it was called, and the desk it works at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tickler import config, store
from tickler.clock import Clock, rehearsed
from tickler.core.dates.language import ENGLISH, DateWords
from tickler.errors import TicklerError, Unreadable, short_path

if TYPE_CHECKING:
    from datetime import date

    import typer

    from tickler.config.settings import Settings
    from tickler.desk import Desk


#: Opens the terminal face with these settings; it opens the desk once its frame is painted.
OpenBinder = Callable[[Callable[[], "Desk"], "Settings", Clock], None]

#: Raises Unreadable where the terminal face could not follow the settings.
CheckSettings = Callable[["Settings"], None]


def all_well(_settings: Settings) -> None:
    """Where there is no terminal face no setting is wrong for it."""


@dataclass(slots=True)
class Face:
    """One call of the shell: the words typed, the options before the verb, the desk once opened.

    `check` is the terminal face's own look at the settings. `demo` is whether the call is about
    the sample binder: then it is anybody's.
    """

    open_binder: OpenBinder
    clock: Clock
    words: Sequence[str] = ()
    db: str | None = None
    rep: str | None = None
    demo: bool = False
    opened: Desk | None = None
    missing: bool = False
    rehearsal: Clock | None = None
    check: CheckSettings = all_well

    def settings(self) -> Settings:
        """Settings of file and environment, with the options before the verb on top."""
        found, fault = self.settings_or_default()
        if fault is not None:
            raise fault
        return found

    def settings_or_default(self) -> tuple[Settings, Unreadable | None]:
        """As `settings`; where they cannot be read the defaults, and why."""
        found, fault = config.settings.load_or_default()
        rep = self.rep or (None if self.demo else found.rep)
        kept = found.rep_is_kept and not (self.rep or self.demo)
        rule = replace(found.backup, automatic=False) if self.demo else found.backup
        database = self.db or found.db
        return replace(found, db=database, rep=rep, rep_is_kept=kept, backup=rule), fault

    def desk(self) -> Desk:
        """The desk of the binder that was named; opening it makes nothing."""
        if self.opened is None:
            from tickler.desk import Desk  # noqa: PLC0415  # the database, once a body runs

            settings = self.settings()
            path = store.open_mode.path_of(settings.database())
            self.opened = Desk(path, settings, clock=self.clock_on(settings.today))
            self.missing = not self.opened.exists
            if settings.calendar_dir and not (self.db or self.demo):
                self.opened.follower = _keep_calendar
        return self.opened

    def clock_on(self, day: date | None) -> Clock:
        """The one clock of this call, moved once to the day that is rehearsed.

        Moved a second time, after midnight, it would fall back to that day.
        """
        if self.rehearsal is None:
            self.rehearsal = rehearsed(self.clock, day)
        return self.rehearsal

    @property
    def date_words(self) -> DateWords:
        """The words for dates, as set; in English as long as nothing has been read."""
        return self.opened.settings.date_words if self.opened else ENGLISH

    def open(self) -> None:
        """Open the terminal face; a fault in the config is said before, not on the screen."""
        settings = self.settings()
        self.open_binder(self.desk, settings, self.clock_on(settings.today))

    def close(self) -> None:
        """Give the files back."""
        if self.opened is not None:
            self.opened.close()

    def make_daily_backup(self) -> None:
        """Let the backup of this day be made in a process of its own; say the fault of the last.

        To be called once the files are given back.
        """
        desk = self.opened
        if desk is None or not store.daily.is_wanted(desk.path, desk.uid, desk.settings):
            return
        from tickler import system  # noqa: PLC0415  # it is there by now
        from tickler.cli import say  # noqa: PLC0415  # as above

        try:
            make, fault = store.daily.begin(desk.path, desk.uid, desk.settings.backup, self.clock())
        except TicklerError as error:
            make, fault = None, error.sentence
        if fault:
            say.warn(f"the last backup could not be made: {fault}; `tickler doctor` has more")
        if make is not None:
            system.aside.run(make)

    def hint(self) -> str | None:
        """What to do where the binder that was read does not exist yet."""
        if not self.missing or self.opened is None or self.opened.exists:
            return None
        return (
            "there is no binder yet: `tickler add NAME` starts one, `tickler import FILE` "
            f"fills it, `tickler demo` shows a sample ({short_path(self.opened.path)})"
        )


def _keep_calendar(desk: Desk, change: int | None, dossiers: Collection[int]) -> None:
    """Bring the folder of the settings up to date with the binder that they name."""
    from pathlib import Path  # noqa: PLC0415  # only where the settings name a folder

    from tickler.services.export import calendar_folder  # noqa: PLC0415  # as above

    folder = Path(desk.settings.calendar_dir or "")
    desk.see(calendar_folder.keep, folder, change, dossiers)


def face_of(ctx: typer.Context) -> Face:
    """The call that this command belongs to."""
    face = ctx.obj
    assert isinstance(face, Face)
    return face


def desk_of(ctx: typer.Context) -> Desk:
    """The desk of the binder that this command is about."""
    return face_of(ctx).desk()


def refuse_other_binder(db: str | None, rep: str | None) -> None:
    """Raise Unreadable where the sample binder was called for, and another one named as well."""
    if db or rep:
        option = "--db" if db else "--as"
        raise Unreadable(f"{option} does not go with demo: the sample binder is a file of its own")
