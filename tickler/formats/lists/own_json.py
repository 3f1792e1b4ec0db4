"""A dossier as tickler prints it in JSON → a client row, with its people, plan and history."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from tickler.core.contact.kinds import Direction, Kind, Outcome, Status
from tickler.core.filing.slips import SlipKind
from tickler.core.text import reach_key
from tickler.core.views.dossiers import CardFields, ReachView
from tickler.formats.lists.clients import ClientRow, EntryRow, PersonRow, Problem, Reason, SlipRow

#: What every dossier has as tickler prints it, and hardly anything else.
_KEYS = frozenset({"name", "insert", "next_on", "next_kind", "people"})

_REACHES = ("phone", "mobile", "fax", "email")
_OPEN = Status.OPEN.value

#: What has no column of its own, by the key that it has in JSON.
_KEPT = {"status": "Status", "ideal": "Contact every", "longest": "Longest without contact",
         "decision_maker": "Decision maker"}  # fmt: skip


def is_dossier(found: object) -> bool:
    """Whether an object is a dossier as tickler prints it."""
    return isinstance(found, dict) and has_its_keys(found)


def has_its_keys(found: Collection[str]) -> bool:
    """Whether these are the keys of a dossier as tickler prints it."""
    return {*found} >= _KEYS


def read(line: int, found: Mapping[str, Any]) -> Iterator[ClientRow | Problem]:
    """The row of a dossier, after what is said of it."""
    try:
        yield from _said(line, found)
        yield _Dossier(line, found).row()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        text = f"a dossier with a value that is not one of tickler's: {error}: left out"
        yield Problem(line, text, Reason.LEFT_OUT)


def _said(line: int, found: Mapping[str, Any]) -> Iterator[Problem]:
    name = _text(found, "name")
    if _text(found, "status") not in ("", _OPEN):
        text = f"{name}: is in the cabinet there ({found['status']}), and comes in open"
        yield Problem(line, text, Reason.CHECK)
    files = found.get("attachments") or []
    if files:
        named = ", ".join(str(each["name"]) for each in files[:3])
        text = f"{name}: its files are not in JSON ({named}): a .zip has them"
        yield Problem(line, text, Reason.LEFT_OUT)


class _Dossier:
    """A dossier that is read."""

    def __init__(self, line: int, found: Mapping[str, Any]) -> None:
        self._line, self._found = line, found
        card = found.get("card") or {}
        self._card: Mapping[str, Any] = card
        self._people = {each.get("id"): each for each in found["people"]}

    def row(self) -> ClientRow:
        found, card = self._found, self._card
        columns: dict[str, Any] = {name: _text(card, name) for name in CardFields.__slots__}
        columns["segment"] = columns["segment"] or _text(found, "segment")
        columns["notes"] = "\n".join(filter(None, (columns["notes"], *self._notes())))
        people = tuple(self._person(each) for each in self._people.values())
        entries = tuple(self._entries())
        at = None if entries else _instant(found.get("last_contact"))
        return ClientRow(
            **columns,
            line=self._line,
            name=_text(found, "name"),
            person=people[0] if people else None,
            others=people[1:],
            reaches=self._own_reaches(),
            tags=tuple(str(tag) for tag in found.get("tags") or ()),
            next_contact=self._next(),
            last_contact=f"{at.astimezone():%Y-%m-%d %H:%M}" if at else "",
            next_kind=Kind(found["next_kind"]) if found["next_kind"] else None,
            next_what=_text(found, "next_what"),
            every=_text(found, "every"),
            entries=entries,
            slips=tuple(self._slips()),
            fields=tuple(self._fields()),
        )

    def _next(self) -> str:
        """The next contact as a rep would type it; what was agreed has its mark."""
        found = self._found
        day = found.get("next_on") or found.get("next_month")
        if not day:
            return ""
        part = found.get("next_at") or found.get("next_half")
        return f"{day}{f' {part}' if part else ''}{' !' if found.get('agreed') else ''}"

    def _person(self, person: Mapping[str, Any]) -> PersonRow:
        return PersonRow(
            _text(person, "name"), _text(person, "position"), tuple(self._reaches_of(person))
        )

    def _reaches_of(self, person: Mapping[str, Any]) -> Iterator[ReachView]:
        listed = self._card.get("reaches") or []
        theirs = [_reach(each) for each in listed if each["person"] == person.get("id")]
        known = {(each.kind, each.value) for each in theirs}
        plain = [(kind, _text(person, kind)) for kind in _REACHES]
        yield from theirs
        yield from (ReachView(*each) for each in plain if each[1] and each not in known)

    def _own_reaches(self) -> tuple[ReachView, ...]:
        """The client's own: what is shown of it may be a person's."""
        if listed := self._card.get("reaches"):
            return tuple(_reach(each) for each in listed if each["person"] is None)
        theirs = {
            reach_key(reach.kind, reach.value)
            for person in self._people.values()
            for reach in self._reaches_of(person)
        }
        shown = [(kind, _text(self._found, kind)) for kind in ("phone", "email")]
        return tuple(
            ReachView(*each) for each in shown if each[1] and reach_key(*each) not in theirs
        )

    def _notes(self) -> Iterator[str]:
        for person in self._people.values():
            if text := _text(person, "notes"):
                yield f"{person['name']}: {text}"

    def _fields(self) -> Iterator[tuple[str, str]]:
        yield from (
            (str(name), str(text)) for name, text in (self._card.get("fields") or {}).items()
        )
        for key, label in _KEPT.items():
            if (text := _text(self._found, key)) and (key, text) != ("status", _OPEN):
                yield label, text

    def _entries(self) -> Iterator[EntryRow]:
        for each in self._found.get("entries") or ():
            kind = Kind(each["kind"])
            text = _text(each, "text")
            if mail := each.get("mail"):
                text = "\n".join(filter(None, (_text(mail, "subject"), text)))
            if kind in (Kind.FILED, Kind.SLIP):
                moved = " → ".join(
                    filter(None, (_text(each, "filed_from"), _text(each, "filed_to")))
                )
                kind, text = Kind.NOTE, text or f"filed: {moved}"
            yield EntryRow(
                text,
                _instant(each["at"]),
                kind,
                Outcome(each["outcome"]) if each.get("outcome") else None,
                Direction(each["direction"]) if each.get("direction") else None,
                each.get("minutes"),
                _text(each, "person"),
                is_own=each.get("author") == self._found.get("owner"),
            )
        for sheet in self._found.get("sheets") or ():
            yield EntryRow(_answers(sheet), _instant(sheet["at"]))

    def _slips(self) -> Iterator[SlipRow]:
        for each in self._found.get("slips") or ():
            at = each.get("due_at")
            yield SlipRow(
                str(each["text"]),
                date.fromisoformat(each["due_on"]),
                time.fromisoformat(at) if at else None,
                SlipKind(each["kind"]),
            )


def _answers(sheet: Mapping[str, Any]) -> str:
    """A form as it was filled in, as text."""
    answers = sheet["answers"]
    lines = (
        f"{question.get('ask') or question['key']}: {answers[question['key']]}"
        for question in sheet["questions"]
        if answers.get(question["key"])
    )
    return "\n".join((str(sheet["title"]), *lines))


def _reach(found: Mapping[str, Any]) -> ReachView:
    return ReachView(str(found["kind"]), str(found["value"]), _text(found, "label"))


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return at


def _text(found: Mapping[str, Any], key: str) -> str:
    """The text of a key, "" where there is none; raises ValueError for what is not a text."""
    value = found.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{key} is not a text")
    return value
