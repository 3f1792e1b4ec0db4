"""The config file as a text: read, written from a template, and one line of it changed."""

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

from tickler.errors import Unreadable
from tickler.formats.toml_lines import decoded, keys_of
from tickler.system import files

#: No settings are larger, in bytes.
LARGEST = 1_000_000

#: What `tickler config init` writes: every setting with its default, to be uncommented.
TEMPLATE = """\
# tickler's settings. A line counts once the “# ” before it is taken away.
# Flags and the environment (TICKLER_DB, TICKLER_TODAY) come before this file.

# Where the binder is; without this, where the platform keeps data.
# db = "~/binder.db"

# Whose binder it is, where a database holds several.
# rep = "Robin"

# How the inserts are labelled: "numbers" (1–31 and the months) or "dates" (one a working day,
# to the end of the month `months_ahead` after this one, 1 to 3).
# layout = "numbers"
# months_ahead = 1

# How much you can do on a working day: contacts (20), or time ("6h") of which each kind takes
# its minutes; a table such as {usual=20, fri=10} says it for each weekday.
# capacity = 20

# Which days you work. The holidays of a country (and region; "none" for none) and own days off
# are none.
# weekdays = ["mon", "tue", "wed", "thu", "fri"]
# country = "DE"
# region = "BY"
# days_off = ["2026-12-24", "2026-12-27..2027-01-06"]

# The segments of your clients, the most important first: proposals move those last.
# segments = ["A", "B", "C"]

# How 7/5 is read: "dmy" is 7 May, "mdy" July 5. Without this both are named and you choose.
# date_order = "dmy"

# After how many slides moving a dossier gives a hint; 0 for never.
# slides_hint = 3

# How many minutes before an appointment the terminal face reminds you, with the bell; 0 for never.
# With notify the desktop says it, too.
# remind_minutes = 5
# notify = false

# In which language dates are shown, "en" or "de". Typed ones are read in both.
# language = "en"

# Your own e-mail addresses: by them an imported mail is known to be yours, a colleague's or not.
# addresses = ["rita@example.org"]

# Within how many working days a mail that came in is to be answered; 0 puts no slip on it.
# answer_within = 1

# Within how many hours a complaint is to be answered; those of days off do not count.
# complaint_hours = 24

# A folder in which the binder is a calendar, one file a contact, kept true after each change;
# `tickler calendar` makes it. docs/calendar.md says how it gets to the phone.
# calendar_dir = "~/calendars/tickler"

# The colours of the terminal face; Ctrl+P there lists them.
# theme = "tickler-dark"

# Backups: where (next to the binder without a folder), of how many days and months the newest is
# kept, and whether one is made by itself each day and before imports.
# [backup]
# folder = "~/tickler-backups"
# days = 10
# months = 12
# automatic = true

# How many minutes a contact takes, by its kind, where capacity is a time.
# [minutes]
# call = 10
# first-call = 15
# meeting = 60
# visit = 120
# Fields of your own on every card, in this order: "text", "number", "date", "yes/no", or
# "choice" with its choices.
# [[field]]
# name = "renewal"
# type = "date"
# help = "when the contract ends"
# [[field]]
# name = "class"
# type = "choice"
# choices = ["A", "B", "C"]

# What is proposed as the next date after a contact that ended so: dates as they are typed, the
# obvious one first. other_half adds the other half of the day to it, third goes first at the
# third attempt in a row; kind and what are for the next contact.
# [outcomes.no-answer]
# next = ["+1b", "+1w"]
# other_half = true
# third = "+10b"
# [outcomes.order]
# next = "+2w"
# kind = "call"
# what = "thank-you call"

# How long clients of a segment may go without contact: over the ideal interval they are marked,
# over the longest one they stand out. A dossier's own intervals go before these.
# [intervals.A]
# ideal = "4w"
# longest = "8w"

# What you want to reach; `tickler review` and r in the terminal face show it next to what you did.
# Numbers are for a day, a week or a month; holidays and absences take their part from them.
# [targets]
# contacts = "20 a day"
# meetings = "3 a week"
# orders = "2 a month"
# reach = "40%"
# kept = "95%"
# answer = "4h"

# Other keys for the terminal face, by the names that `?` there shows.
# [keys]
# move = "f6"

# Templates for `tickler mail NAME --template offer`, and for the key E.
# [templates.offer]
# subject = "Our offer for {company}"
# body = "Hello {first},\\n\\nas promised: {promise}. Until {next}!\\n\\n{rep}"
"""


def write_template(path: Path) -> None:
    """Write the settings with their explanations; raises Refused where the file is there."""
    write_new(path, TEMPLATE)


def write_new(path: Path, text: str) -> None:
    """Write a file for its owner alone; raises Refused where it exists, else TicklerError."""
    files.make_folder(path.parent)
    files.write(path, text.encode(), hint=None, own=True)


def remember_theme(path: Path, name: str) -> None:
    """As `remember`, for the theme."""
    remember(path, "theme", name)


def remember_addresses(path: Path, addresses: Sequence[str]) -> None:
    """As `remember`, for the rep's own e-mail addresses."""
    remember(path, "addresses", list(addresses))


def remember(path: Path, name: str, value: str | list[str]) -> None:
    """Write one setting into the file, and leave every other line of it as it is.

    Raises Unreadable where the file cannot be read as TOML, else TicklerError.
    """
    path = path.resolve()  # a link to where somebody keeps their settings stays a link
    if not path.exists():
        write_template(path)
    written = files.bytes_of(path, LARGEST)
    before = decoded(written, path)
    keys_of(before, path)
    mark = codecs.BOM_UTF8 if written.startswith(codecs.BOM_UTF8) else b""
    files.write(path, mark + _with(before, name, value).encode("utf-8"), force=True, own=True)


def _with(text: str, name: str, value: str | list[str]) -> str:
    """`text` with this value: in place of the one it has, of its comment, or in a first line."""
    import tomlkit  # noqa: PLC0415  # only where something is chosen
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415  # as above

    line_end = "\r\n" if "\r\n" in text else "\n"
    said = r'(?:"[^"\n]*"|\[[^\n]*\])(?P<rest>[ \t]*(?:#.*)?\r?)'
    comment = rf"^# {name} = {said}$"
    uncommented = re.sub(comment, rf'{name} = ""\g<rest>', text, count=1, flags=re.MULTILINE)
    ways = map(tomlkit.parse, (text, uncommented, f'{name} = ""{line_end}{text}'))
    try:
        document = next(each for each in ways if name in each)
    except TOMLKitError as error:  # it is stricter than what reads the settings
        raise Unreadable(f"{name} cannot be remembered in the settings: {error}") from None
    document[name] = value
    return document.as_string()


def text_of(path: Path) -> str:
    """The file's text without the mark that Windows puts first; raises TicklerError."""
    return decoded(files.bytes_of(path, LARGEST), path)
