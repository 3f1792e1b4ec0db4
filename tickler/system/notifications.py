"""A few words said by the desktop, through the program that the platform has for it."""

import subprocess
import sys
from collections.abc import Sequence
from html import escape

from tickler.core.text import printable, printable_lines

#: A program that does not answer within this time, in seconds, is left alone.
_PATIENCE = 5

_SCRIPT = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)


def announce(title: str, text: str) -> str:
    """Have the desktop say this; gives "", or why it was not said. Waits for the program.

    What the user wrote is text: no option, no script, no markup.
    """
    command = _command(sys.platform, printable(title), printable_lines(text))
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except FileNotFoundError:
        return f"{command[0]} is not installed: notify = false in config.toml does without it"
    except (OSError, ValueError) as error:
        return f"{command[0]} cannot be started: {error}"
    except subprocess.TimeoutExpired:
        return f"{command[0]} did not answer"
    return f"{command[0]} ended with {done.returncode}" if done.returncode else ""


def _command(platform: str, title: str, text: str) -> Sequence[str]:
    if platform == "darwin":
        script = [word for line in _SCRIPT for word in ("-e", line)]
        return ["osascript", *script, title, text]
    # The body of a notification may have markup, its title never has.
    return ["notify-send", "--app-name=tickler", "--", title, escape(text, quote=False)]
