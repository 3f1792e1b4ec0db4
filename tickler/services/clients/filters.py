"""Filters in place of a name: the dossiers that `tag:crane segment:A slot:overdue` mean."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from json import dumps

from sqlalchemy import select
from sqlmodel import col

from tickler.core.contact.intervals import ContactDue
from tickler.core.contact.kinds import Status
from tickler.core.search import query
from tickler.core.search.query import Sought
from tickler.core.text import quote
from tickler.desk import Work
from tickler.errors import Ambiguous, NotFound, Unreadable
from tickler.models import Rep
from tickler.services.clients import find, neglect
from tickler.services.piles import pile, typed_pile
from tickler.store import search_sql
from tickler.store.search_sql import Conditions

#: How the names of slots in JSON begin: they are no filters.
_SLOTS = ("day:", "month:")


def chosen(work: Work, typed: Sequence[str], *, open_only: bool = True) -> list[int]:
    """The dossiers that names and ids mean, in their order, then those that all filters mean.

    Of filters only open ones where `open_only`. Raises as `find.several` and `meant` do, NotFound
    where filters mean nobody.
    """
    text = " ".join(word for word in typed if query.names_filter(word))
    by_filter = meant(work, text, open_only=open_only) if text else None
    if by_filter == []:
        whom = "open dossier" if open_only else "dossier"
        raise NotFound(f"no {whom} is meant by {quote(text)}")
    found: list[int] = []
    for word in typed:
        if not query.names_filter(word):
            meant(work, word)  # a filter that there is not is refused
            found += find.several(work, word, open_only=False)
    return list(dict.fromkeys([*found, *(by_filter or ())]))


def meant(work: Work, typed: str, *, open_only: bool = True) -> list[int] | None:
    """The dossiers that filters in place of a name mean, by name; None where it is a name.

    Raises Unreadable for what is not a filter beside others, Ambiguous where a dossier is called
    so.
    """
    if not query.names_filter(typed):
        is_slot = typed.strip().casefold().startswith(_SLOTS)
        if ":" in typed and not is_slot and not find.named(work, typed):
            query.read(typed)  # a filter that there is not is refused
            query.refuse_apart(typed)
        return None
    called = [key for key, _ in find.called(work, typed)]
    if called:
        raise Ambiguous(
            f"{quote(typed)} is a filter, and the name of a dossier: type its id",
            candidates=find.candidates(work, called),
        )
    sought = query.read(typed)
    if sought.words:
        raise Unreadable(f"{quote(sought.words[0].text)} is not a filter, such as tag:crane")
    if open_only and not {*sought.statuses} <= {Status.OPEN}:
        raise Unreadable("only open dossiers are meant here: status:open, or no status")
    asked = conditions(work, sought)
    if open_only:
        asked.lies.append("status = 'open'")
    return list(search_sql.lying_by_name(work.connection, asked))


def conditions(work: Work, sought: Sought) -> Conditions:
    """What the filters ask for, in SQL. Raises Unreadable, NotFound for a rep who is none."""
    asked = Conditions(["owner_id = :rep"], values={"rep": work.rep_id})
    for n, tag in enumerate(sought.tags):
        asked.values[f"tag{n}"] = tag
        asked.lies.append(f"id IN (SELECT dossier_id FROM tag WHERE folded = :tag{n})")
    if sought.slots:
        asked.lies.append(f"({' OR '.join(_in_slot(work, slot) for slot in sought.slots)})")
    if sought.segments:
        of_these = _any(asked, "fold(segment) = {}", sought.segments)
        asked.lies.append(f"card_id IN (SELECT id FROM card WHERE {of_these})")
    if sought.cities:
        first = "substr(fold(city), 1, length({0}) + 1)"
        begun = f"(fold(city) = {{0}} OR {first} IN ({{0}} || ' ', {{0}} || '-'))"
        there = _any(asked, begun, [each for spelled in sought.cities for each in spelled])
        asked.lies.append(f"card_id IN (SELECT id FROM card WHERE {there})")
    if sought.statuses:
        ways = {query.CLOSED: "status <> 'open'"}
        found = (ways.get(status, f"status = '{status}'") for status in sought.statuses)
        asked.lies.append(f"({' OR '.join(found)})")
    if sought.owners:
        owners = ", ".join(str(_rep(work, owner)) for owner in sought.owners)
        asked.lies.append(f"owner_id IN ({owners})")
    if sought.neglected:
        asked.values["neglected"] = dumps(_neglected(work, sought.neglected))
        without = "NOT " * (sought.neglected == "no")
        asked.lies.append(f"id {without}IN (SELECT value FROM json_each(:neglected))")
    if sought.kinds:
        kinds = ", ".join(f"'{kind}'" for kind in sought.kinds)
        asked.written.append(f"w.kind IN ({kinds})")
    if sought.since:
        asked.values["since"] = max(_since(work, since) for since in sought.since)
        asked.written.append("w.at >= :since")
    return asked


def _any(asked: Conditions, condition: str, values: Iterable[str]) -> str:
    """SQL that one of the values meets the condition."""
    parts = []
    for value in values:
        name = f"any{len(asked.values)}"
        asked.values[name] = value
        parts.append(condition.format(f":{name}"))
    return f"({' OR '.join(parts)})"


def _rep(work: Work, folded: str) -> int:
    reps = work.ask(select(col(Rep.id), col(Rep.name), col(Rep.folded))).all()
    found = next((key for key, _, name in reps if name == folded), None)
    if found is None:
        known = ", ".join(name for _, name, _ in reps)
        raise NotFound(f"there is no rep {quote(folded)} here; known: {known}")
    return int(found)


def _neglected(work: Work, how: str) -> list[int]:
    return [
        each.key
        for each in neglect.neglected(work)
        if how != "longest" or each.over is ContactDue.LONGEST
    ]


def _in_slot(work: Work, typed: str) -> str:
    found = [
        str(each.compile(work.connection, compile_kwargs={"literal_binds": True}))
        for each in pile.conditions_of(work, typed_pile.slot(typed))
    ]
    return " OR ".join(f"({each})" for each in found) or "false"


def _since(work: Work, typed: str) -> str:
    now = work.now.replace(tzinfo=None)
    found = query.since(typed, now, work.calendar, order=work.settings.date_order)
    try:
        return found.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    except (ValueError, OverflowError):
        raise Unreadable(f"{quote(typed)} is too long ago") from None
