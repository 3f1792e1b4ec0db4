"""The entry point: hands the terminal face to the shell face, and the exit code to the shell."""

# ruff: noqa: PLC0415  # nothing is loaded before the garbage collector rests

from __future__ import annotations

import gc
import sys

from tickler.quick import answered

TYPE_CHECKING = False  # as in typing, which takes longer to load than `--version`
if TYPE_CHECKING:
    from collections.abc import Callable

    from tickler.clock import Clock
    from tickler.config.settings import Settings
    from tickler.core.views.binder import BinderView
    from tickler.desk import Desk


def main() -> int:
    """Run tickler with the words of the command line; returns the exit code."""
    # A command lives for a moment: collecting garbage while libraries load costs a quarter of it.
    gc.disable()
    try:
        if answered(sys.argv[1:]):
            return 0
        from tickler.cli import run
        from tickler.clock import system_clock

        gc.freeze()
        return run(sys.argv[1:], _open_binder, system_clock, _check_settings)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  # told without the values that a traceback has
        from tickler.cli import say
        from tickler.system import bug_log

        told = bug_log.fault(error)
        say.fail(told, json="--json" in sys.argv)
        return told.exit_code
    finally:
        # Python collects once more as it leaves: a walk over all that was loaded, for nothing.
        gc.freeze()


def _open_binder(open_desk: Callable[[], Desk], settings: Settings, clock: Clock) -> None:
    from tickler.system import prefetch

    def todays_binder() -> BinderView:
        from tickler.services.piles import pile

        desk = open_desk()
        desk.look_only()
        return desk.see(pile.binder, None)

    read_ahead = prefetch.begin(todays_binder)

    from tickler.app import run

    gc.freeze()
    run(open_desk, settings, read_ahead, clock)


def _check_settings(settings: Settings) -> None:
    if settings.keys or settings.theme:
        from tickler.app import check

        check(settings)


if __name__ == "__main__":
    sys.exit(main())
