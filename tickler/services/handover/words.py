"""What is in a row of the database, in words: for previews, clashes and the history."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from tickler.core.contact.kinds import Status
from tickler.core.dates.language import DateWords
from tickler.core.dates.parse import spoken
from tickler.core.dates.repeat import every_in_words
from tickler.core.filing.slots import Half, Month, NextContact
from tickler.core.handover.three_way import PLACE, RowPart
from tickler.core.text import quote

#: A row by its columns, as the database has them.
Columns = Mapping[str, Any]

#: The longest text of a line of history in a preview.
_LONGEST = 60


def next_of(row: Columns) -> NextContact:
    """The next contact that a row of `dossier` holds."""
    return NextContact(
        on=date.fromisoformat(row["next_on"]) if row["next_on"] else None,
        month=Month.parse(row["next_month"]) if row["next_month"] else None,
        at=time.fromisoformat(row["next_at"]) if row["next_at"] else None,
        half=Half(row["next_half"]) if row["next_half"] else None,
        agreed=bool(row["agreed"]),
    )


def next_in_words(row: Columns, words: DateWords) -> str:
    """`Fri 15 January 2027, agreed`; `in the cabinet, won`."""
    if row["status"] != Status.OPEN:
        return f"in the cabinet, {row['status']}"
    when = next_of(row)
    unmarked = replace(when, agreed=when.at is not None)
    return spoken(unmarked, words) + (", agreed" if when.agreed else "")


def in_words(part: RowPart, values: tuple[Any, ...], words: DateWords) -> str:
    """The values of a part of a row in words, whole: what one side loses is kept so."""
    if part.columns == PLACE:
        return next_in_words(dict(zip(PLACE, values, strict=True)), words)
    shown = [*map(_value, values)]
    match part.label:
        case "state":
            ticked, told, _, dropped = shown
            named = {"dropped": dropped, "ticked": ticked, "told": told}
            found = ((name, day) for name, day in named.items() if day)
            return next((f"{name} {_day(day, words)}" for name, day in found), "open")
        case "number":
            shown = shown[1:2]
        case "due":
            shown = [_day(shown[0], words), shown[1][:5]]
            return " ".join(filter(None, shown))
        case "repeats":
            return every_in_words(shown[0]) or "nothing"
        case "name" | "tag":
            shown = shown[:1]
    text = " ".join(filter(None, shown))
    return f"“{text}”" if text else "nothing"


def _value(value: Any) -> str:  # noqa: ANN401  # as the database has it
    return "" if value is None else str(value)


def _day(stored: str, words: DateWords) -> str:
    """`Fri 4 Dec 2026`."""
    day = date.fromisoformat(stored)
    return f"{words.short(day)} {day.year:04d}"


def row_in_words(table: str, row: Columns, words: DateWords) -> str:
    """A row in a few words: `call, reached “wants two”`, `promise “the offer” by 9 Dec`."""
    match table:
        case "entry":
            ended = ", ".join(filter(None, (row["kind"], row["outcome"])))
            return f"{ended} {_quoted(row['text'])}".strip()
        case "slip":
            due = words.short(date.fromisoformat(row["due_on"]))
            return f"{row['kind']} {_quoted(row['text'])} {due}"
        case "person":
            return f"{row['name']}"
        case "reach":
            return f"{row['kind']} {row['value']}"
        case "tag":
            return f"tag {row['name']}"
        case "attachment":
            return f"file {row['name']}"
        case "sheet":
            return f"form {row['title']}"
        case "mail":
            return f"mail {_quoted(row['subject'])}"
        case "dossier":
            return f"{row['name']}"
    return "card" if table == "card" else table


def at_of(row: Columns, words: DateWords) -> str:
    """`9 Dec`, of when a line of history was."""
    at = datetime.fromisoformat(row["at"]).replace(tzinfo=UTC)
    return words.short(at.astimezone().date())


def label(table: str, row: Columns, part: RowPart) -> str:
    """What differs, and of what: `next contact`, `Anna Berg: position`, `promise “offer”: due`."""
    match table:
        case "dossier":
            return part.label
        case "card":
            return f"card: {part.label}"
        case "entry":
            return f"line {_quoted(row['text'])}: {part.label}"
        case "slip":
            return f"{row['kind']} {_quoted(row['text'])}: {part.label}"
    named = row.get("name") or row.get("value") or row.get("title") or table
    return f"{named}: {part.label}"


def _quoted(text: str) -> str:
    return quote(" ".join(text.split()), _LONGEST) if text else ""
