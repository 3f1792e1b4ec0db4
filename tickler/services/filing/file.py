"""Filing: new dossiers, moving them to another day, closing and reopening them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from tickler.core.contact.kinds import Kind, ReachKind, Status
from tickler.core.dates import parse
from tickler.core.filing.slots import NextContact
from tickler.core.phrases import named
from tickler.core.remark import Remark
from tickler.core.text import fold, reach_key
from tickler.core.views import DossierRow, Echo, MovePlan, Receipt
from tickler.desk import Work
from tickler.errors import Hint, NotFound, Refused, Unreadable
from tickler.models import Card, Dossier, Person, Reach, Tag
from tickler.services.clients import find, read, seen
from tickler.services.filing import place, repeat

#: How many names a warning has.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class NewDossier:
    """What is known of a client when the dossier is made; a note of the rep's own has none."""

    name: str
    phone: str = ""
    email: str = ""
    person: str = ""
    segment: str = ""
    tags: tuple[str, ...] = ()
    is_note: bool = False

    @property
    def has_client(self) -> bool:
        """Whether something is known that only a client has."""
        return bool(self.phone or self.email or self.person or self.segment)


def preview(
    work: Work, typed: str, key: int | None = None, *, just_contacted: bool = False
) -> Echo:
    """What `typed` would mean for the dossier (or for a new one), and what its day then holds.

    `just_contacted`: it is filed after a contact, so nothing slides, and no agreement is dropped.
    """
    if key is None:
        return place.echo_of(work, place.read_date(work, typed, NextContact()), typed, None)
    row = read.by_id(work, key)
    target = place.read_date(work, typed, row.next)
    echoed = place.echo_of(work, target, typed, row, just_contacted=just_contacted)
    if just_contacted or target == row.next or row.status is not Status.OPEN:
        return echoed
    dropped = _broken_agreements(work, [row], agreed=target.agreed)
    hint = repeat.hint(work, [(row, repeat.slides_with(work, row, target))])
    return replace(echoed, remarks=(*echoed.remarks, *dropped, *hint))


def add(
    work: Work,
    new: NewDossier,
    typed: str = "",
    *,
    agreed: bool = False,
    kind: Kind | None = None,
    what: str = "",
    every: str | None = None,
    another: bool = False,
    beside: int | None = None,
) -> Receipt:
    """Make a dossier and file it; without a date it is in the inbox.

    `beside` is a dossier of the same client, whose card it shares. Raises Refused where an open
    dossier has that name, unless `another` one is wanted.
    """
    warnings: list[Remark] = []
    name = place.line(new.name, "the name", warnings)
    if not name:
        raise Unreadable("the name is empty")
    if new.is_note:
        if new.has_client or kind or beside:
            raise Unreadable("a note of your own belongs to no client: it has a name and a date")
        kind = Kind.NOTE
    alike = [] if another else find.alike(find.refuse_taken(work, name, hint=Hint.ANOTHER))
    from tickler.services.clients import link  # noqa: PLC0415  # other actions do without

    others = link.group_of(work, beside) if beside else ()
    target = place.read_date(work, typed) if typed else NextContact()
    filed = place.agreed_on(target, typed, agreed=agreed)
    card = Card(segment=place.line(new.segment, "the segment", warnings))
    work.session.add(card)
    work.session.flush()
    dossier = Dossier(
        added_on=work.today,
        owner_id=work.rep_id,
        card_id=card.id or 0,
        name=name,
        folded=fold(name),
        next_kind=kind,
        next_what=place.line(what, "what to do", warnings),
        is_note=new.is_note,
    )
    place.put(dossier, filed)
    repeats = repeat.set_every(work, dossier, every, filed)
    work.session.add(dossier)
    work.session.flush()
    _add_details(work, dossier, new, warnings)
    if beside:
        warnings += link.take_card(work, dossier, link.card_of(work, beside))
    warnings += [*alike, *find.named_like_an_id(name, dossier.id or 0)]
    row = read.by_id(work, dossier.id or 0)
    echoed = place.echo_of(work, filed, typed, row)
    with_whom = f", with {place.names(others)}" if others else ""
    own = ", a note of your own" * new.is_note
    text = f"{name}{own} {echoed.text}{repeats}{with_whom}"
    work.summary = f"added {name} → {parse.spoken(filed, work.settings.date_words)}"
    return place.receipt(work, text, (), (*warnings, *echoed.remarks), action="add", after=[row])


def move(
    work: Work,
    keys: Sequence[int],
    typed: str,
    *,
    agreed: bool = False,
    why: str = "",
    kind: Kind | None = None,
    what: str | None = None,
    every: str | None = None,
) -> Receipt:
    """File dossiers under another date. Kind and what to do stay, a time and agreed fall away.

    Raises Refused for a closed dossier.
    """
    warnings: list[Remark] = []
    reason = place.line(why, "the reason", warnings)
    what = None if what is None else place.line(what, "what to do", warnings)
    before = read.by_ids(work, keys)
    echoes: list[Echo] = []
    slid: list[tuple[DossierRow, int]] = []
    for row in before:
        dossier = place.require_open(work, row)
        target = place.agreed_on(place.read_date(work, typed, row.next), typed, agreed=agreed)
        echoes.append(place.echo_of(work, target, typed, row))
        place.note_filing(work, dossier, row.next, target, reason)
        place.refile(work, dossier, row.next, target, by_contact=False)
        place.plan_kind(dossier, kind)
        dossier.next_what = dossier.next_what if what is None else what
        repeats = repeat.set_every(work, dossier, every, target)
        slid.append((row, dossier.slides))
    names = place.names(before)
    text = f"{names} {echoes[-1].text}{repeats}"
    warnings += _broken_agreements(work, before, agreed=target.agreed)
    warnings += repeat.hint(work, slid)
    work.summary = f"{names} → {parse.spoken(target, work.settings.date_words)}"
    remarks = _latest(
        _of_many(row, remark) if len(before) > 1 else remark
        for row, echoed in zip(before, echoes, strict=True)
        for remark in echoed.remarks
    )
    after = read.again(work, before)
    return place.receipt(work, text, before, (*warnings, *remarks), action="move", after=after)


def _broken_agreements(work: Work, rows: Sequence[DossierRow], *, agreed: bool) -> list[Remark]:
    """The warning that dates agreed with clients are dropped; a newly agreed one replaces them."""
    dropped = [row for row in rows if row.next.agreed and not agreed]
    if not dropped:
        return []
    if len(rows) == 1:
        day = parse.shortly(rows[0].next, work.settings.date_words)
        return [Remark("was-agreed", f"{day} was agreed with the client")]
    names = named([row.name for row in dropped], _NAMED)
    return [Remark("was-agreed", f"agreed with the client, moved all the same: {names}")]


def put_off(work: Work, keys: Sequence[int]) -> Receipt:
    """Put dossiers to the bottom of today's pile, in this order; no slide, no other date."""
    before = read.by_ids(work, keys)
    for n, row in enumerate(before):
        place.require_open(work, row).put_off = work.now + timedelta(microseconds=n)
    names = place.names(before)
    work.summary = f"{names} → later today"
    return place.receipt(work, f"{names} → later today", before, (), action="later")


def step(work: Work, keys: Sequence[int], days: int) -> Receipt:
    """File dossiers `days` working days on, or back where negative.

    On counts from the later of today and the dossier's day; back never goes before today, and
    what is there already stays as it is.
    """
    before = read.by_ids(work, keys)
    moved: list[DossierRow] = []
    slid: list[tuple[DossierRow, int]] = []
    for row in before:
        dossier = place.require_open(work, row)
        start = max(row.next.on or work.today, work.today)
        day = max(work.calendar.plus(start, days), work.today)
        target = NextContact(on=day)
        if day != row.next.on:  # where it lies already, it keeps its time
            moved.append(row)
            place.note_filing(work, dossier, row.next, target, "")
            place.refile(work, dossier, row.next, target, by_contact=False)
        slid.append((row, dossier.slides))
    names = place.names(before)
    if not moved:
        there = work.settings.date_words.long(target.on or work.today)
        text = f"{names}: still on {there}; back never goes before today"
        return Receipt("move", None, text, before, before)
    echoed = place.echo_of(work, target, "", replace(before[-1], next=target))
    dropped = _broken_agreements(work, moved, agreed=False)
    warnings = (*dropped, *repeat.hint(work, slid), *echoed.remarks)
    work.summary = f"{names} → {parse.spoken(target, work.settings.date_words)}"
    return place.receipt(work, f"{names} {echoed.text}", before, warnings, action="move")


def plan_move(work: Work, keys: Sequence[int], typed: str, *, agreed: bool = False) -> MovePlan:
    """What `move` of these dossiers would do; nothing is changed."""
    rows = read.by_ids(work, keys)
    if not rows:
        raise NotFound("nothing is there")
    targets = [
        place.agreed_on(place.read_date(work, typed, row.next), typed, agreed=agreed)
        for row in rows
    ]
    there = {(target.on, target.month) for target in targets[:1]}
    coming = sum(
        (target.on, target.month) in there and (row.next.on, row.next.month) not in there
        for row, target in zip(rows, targets, strict=True)
    )
    echoed = place.echo_of(work, targets[0], typed, None, others=coming - 1)
    if not there.issuperset((target.on, target.month) for target in targets):
        others = ", the others from their own dates"
        echoed = replace(echoed, text=echoed.text + others, brief=echoed.brief + others)
    return MovePlan(rows, echoed)


def move_planned(
    work: Work,
    plan: MovePlan,
    typed: str,
    *,
    agreed: bool = False,
    why: str = "",
    kind: Kind | None = None,
    what: str | None = None,
    every: str | None = None,
) -> Receipt:
    """Do what was planned. Raises Busy where a dossier of the plan was changed meanwhile."""
    keys = [row.id for row in seen.again(work, plan.rows, "moved")]
    return move(work, keys, typed, agreed=agreed, why=why, kind=kind, what=what, every=every)


def close(work: Work, key: int, status: Status, why: str = "") -> Receipt:
    """Put an open dossier into the cabinet: won, lost or resting; raises Refused."""
    return close_all(work, [read.by_id(work, key)], status, why)


def close_all(work: Work, shown: Sequence[DossierRow], status: Status, why: str = "") -> Receipt:
    """Put open dossiers into the cabinet, as `close` does.

    Raises Busy where one was changed since it was shown.
    """
    # The rows of a pile do not have what is attached to them, such as slips.
    rows = seen.again(work, shown, "closed")
    warnings: list[Remark] = []
    reason = place.line(why, "the reason", warnings)
    warnings += _left_open(rows)
    for row in rows:
        dossier = place.require_open(work, row)
        place.note_filing(work, dossier, row.next, status, reason)
        dossier.status = status
        place.put(dossier, NextContact())
    work.summary = f"closed {place.names(rows)}, {status}"
    text = f"{place.names(rows)} → cabinet, {status}"
    return place.receipt(work, text, rows, warnings, action="close")


def reopen(work: Work, key: int, typed: str = "") -> Receipt:
    """Take a dossier out of the cabinet, to the inbox or a date; raises Refused for an open one."""
    before = read.by_id(work, key)
    if before.status is Status.OPEN:
        raise Refused(f"{before.name} is open", hint=Hint.MOVE)
    dossier = place.get_dossier(work, key)
    target = place.read_date(work, typed) if typed else NextContact()
    echoed = place.echo_of(work, target, typed, before)
    entry = place.note_filing(work, dossier, before.next, target, "")
    entry.filed_from = before.status.value
    dossier.status = Status.OPEN
    place.put(dossier, target)
    text = f"{before.name} {echoed.text}"
    work.summary = f"reopened {before.name} → {parse.spoken(target, work.settings.date_words)}"
    return place.receipt(work, text, [before], echoed.remarks, action="reopen")


def _add_details(work: Work, dossier: Dossier, new: NewDossier, warnings: list[Remark]) -> None:
    from tickler.core.client import fields  # noqa: PLC0415  # other actions do without

    key = dossier.id or 0
    person_name = place.line(new.person, "the person", warnings)
    if person_name:
        person = Person(dossier_id=key, name=person_name, folded=fold(person_name))
        work.session.add(person)
    for kind, value in ((ReachKind.PHONE, new.phone), (ReachKind.EMAIL, new.email)):
        if not value:
            continue
        clean = place.line(value, kind.value, warnings)
        fields.check(fields.Spot(kind.value), clean)
        each = fields.parts(clean, fields.BETWEEN_REACHES)
        work.session.add_all(reach_of(key, kind, reach) for reach in each)
    for tag in dict.fromkeys(place.line(tag, "the tag", warnings) for tag in new.tags):
        if tag:
            work.session.add(Tag(dossier_id=key, name=tag, folded=fold(tag)))


def reach_of(
    key: int, kind: ReachKind, value: str, person_id: int | None = None, label: str = ""
) -> Reach:
    """A number or address as a row, with the key that it is matched by."""
    matched = reach_key(kind, value)
    return Reach(
        dossier_id=key, person_id=person_id, kind=kind, value=value, label=label, key=matched
    )


def left_open(work: Work, keys: Sequence[int]) -> list[Remark]:
    """What closing these would leave undone: complaints that wait for an answer, other slips."""
    return _left_open(read.by_ids(work, keys))


def _left_open(rows: Sequence[DossierRow]) -> list[Remark]:
    """The warning that closing leaves slips undone: they stay on the pile."""
    several = len(rows) > 1
    complaints = [(row, slip) for row in rows for slip in row.complaints]
    others = [(row, s) for row in rows for s in row.slips if s not in row.complaints]
    found = []
    for code, slips in (("open-complaint", complaints), ("open-slips", others)):
        left = [f"{row.name} {s.label}" if several else s.label for row, s in slips]
        found += [Remark(code, f"left open: {named(left, _NAMED)}")] if left else []
    return found


def _of_many(row: DossierRow, remark: Remark) -> Remark:
    """A remark about one dossier's slip or last contact, named where several are filed."""
    if remark.code not in ("past-slip", "longest"):
        return remark
    return Remark(remark.code, f"{row.name}: {remark.text}")


def _latest(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Each remark once; how full a day is, only as the last dossier found it."""
    found = {r.code if r.code == "over-capacity" else (r.code, r.text): r for r in remarks}
    return tuple(found.values())
