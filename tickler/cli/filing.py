"""Commands that file: add, move, log, close, reopen."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tickler.cli import completion, options, pages, say
from tickler.cli.face import desk_of, face_of
from tickler.core.contact.kinds import LOGGED_KINDS, PLANNED_KINDS, Direction, Outcome, Status
from tickler.core.text import quote
from tickler.errors import Unreadable
from tickler.services import clients, filing, piles

if TYPE_CHECKING:
    from tickler.core.contact.next_proposal import NextProposal
    from tickler.core.remark import Remark
    from tickler.core.views import DossierRow, Receipt
    from tickler.desk import Desk

#: A preview shows no more dossiers than this; it says how many more there are.
_MOST_SHOWN = 40


def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The client's name.")],
    when: options.When = None,
    *,
    kind: options.Kind = None,
    what: options.What = None,
    agreed: options.Agreed = False,
    every: options.Every = None,
    phone: Annotated[str, typer.Option(metavar="NUMBER", help="The client's number.")] = "",
    email: Annotated[str, typer.Option(metavar="ADDRESS", help="The client's e-mail.")] = "",
    person: Annotated[str, typer.Option(metavar="NAME", help="Whom to ask for.")] = "",
    segment: Annotated[str, typer.Option(metavar="TEXT", help="The client's segment.")] = "",
    tag: Annotated[
        list[str] | None, typer.Option(metavar="WORD", help="A tag; may be given again.")
    ] = None,
    note: Annotated[
        bool, typer.Option("--note", help="A note of your own, of no client: the monthly report.")
    ] = False,
    another: Annotated[
        bool, typer.Option("--another", help="Even if an open dossier has that name.")
    ] = False,
    beside: Annotated[
        str | None,
        typer.Option(
            "--with",
            metavar="OTHER",
            autocompletion=completion.names,
            help="Share the card of this dossier: another department of the same client.",
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Make a dossier and file it; without a date it goes to the inbox.

    Example: tickler add ACME fri 14:30 --phone "030 123456"
    """
    new = filing.file.NewDossier(name, phone, email, person, segment, tuple(tag or ()), note)
    desk = desk_of(ctx)
    done = desk.do(
        filing.file.add,
        new,
        options.date_of(when),
        agreed=agreed,
        kind=options.word(kind, PLANNED_KINDS, "--kind"),
        what=what or "",
        every=every,
        another=another,
        beside=None if beside is None else desk.see(clients.find.the_one, beside),
    )
    say.done(done, json=json)


def move(
    ctx: typer.Context,
    name: options.OpenNamesOrNone = None,
    when: options.When = None,
    *,
    slot: Annotated[
        str | None,
        typer.Option(
            metavar="SLOT", help="All dossiers of this insert.", autocompletion=completion.slots
        ),
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="All that are overdue.")] = False,
    to: Annotated[
        str | None, typer.Option(metavar="WHEN", help="Where to, with --slot or --overdue.")
    ] = None,
    agreed: options.Agreed = False,
    why: options.Why = "",
    kind: options.Kind = None,
    what: options.What = None,
    every: options.Every = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """File a dossier under another date, or many at once.

    Example: tickler move ACME fri 14:30
    """
    from_slot = "overdue" if overdue else slot
    name, when = options.filters_first(name, when)
    typed = _where_to(
        name, options.date_of(when), from_slot, options.date_of(to), both=overdue and bool(slot)
    )
    desk = desk_of(ctx)
    planned_kind = options.word(kind, PLANNED_KINDS, "--kind")
    change = {"agreed": agreed, "why": why, "kind": planned_kind, "what": what, "every": every}
    keys, by_filter = _moved(desk, name, from_slot)
    if not keys:
        nothing = f"no open dossier is {name}" if by_filter else f"nothing is in {from_slot}"
        _say_nothing_lies_there(desk, nothing, typed, json=json)
        return
    many = len(keys) > 1 or from_slot is not None or by_filter
    _move(desk, keys, typed, change, many=many, yes=yes, dry_run=dry_run, json=json)


def _where_to(name: str | None, when: str, from_slot: str | None, to: str, *, both: bool) -> str:
    """The typed date of a move; raises Unreadable where the words do not say what goes where."""
    if both:
        raise Unreadable("--overdue and --slot exclude each other")
    if from_slot is not None:
        if name is not None:
            raise Unreadable("either NAME or --slot and --overdue, not both")
        if not to:
            raise Unreadable("where to? --to takes a date: --slot 13 --to 14")
        return to
    if name is None:
        raise Unreadable("which dossier? type its name: tickler move ACME fri")
    if when and to:
        raise Unreadable("where to? put the date after the name or after --to, not both")
    if not (when or to):
        raise Unreadable(f"where to? type a date: tickler move {name} fri")
    return when or to


def _moved(desk: Desk, name: str | None, from_slot: str | None) -> tuple[list[int], bool]:
    """The dossiers to move, and whether filters say which."""
    if from_slot is not None:
        return desk.see(piles.typed_pile.lying_in, from_slot), False
    return _named(desk, name or "")


def _named(desk: Desk, name: str) -> tuple[list[int], bool]:
    """The open dossiers that a name, ids or filters mean, and whether filters did."""
    if ":" in name and (keys := desk.see(clients.filters.meant, name)) is not None:
        return keys, True
    return desk.see(clients.find.several, name), False


def _say_nothing_lies_there(desk: Desk, nothing: str, typed: str, *, json: bool) -> None:
    """An insert may be empty, as on most nights of a script; the date must be one all the same."""
    options.read_date(desk, typed)
    say.talk(nothing)
    if json:
        say.done(say.nothing_done("move"), json=True)


def _move(
    desk: Desk,
    keys: Sequence[int],
    typed: str,
    change: dict[str, Any],
    *,
    many: bool,
    yes: bool,
    dry_run: bool,
    json: bool,
) -> None:
    if dry_run:
        done = desk.rehearse(filing.file.move, keys, typed, **change)
        _tell_rehearsed(desk, done, many=many, json=json)
    elif not many:
        say.done(desk.do(filing.file.move, keys, typed, **change), json=json)
    else:
        plan = desk.see(filing.file.plan_move, keys, typed, agreed=change["agreed"])
        if not yes and say.can_ask():
            _preview(desk, plan.rows, plan.remarks)
        dossiers = f"{len(keys)} dossiers" if len(keys) > 1 else "1 dossier"
        say.agree(f"Move {dossiers} {plan.text}?", yes=yes, refusal=f"{dossiers} would move")
        say.done(desk.do(filing.file.move_planned, plan, typed, **change), json=json)


def _tell_rehearsed(desk: Desk, done: Receipt, *, many: bool, json: bool) -> None:
    if many and not json:
        say.table(
            pages.piles.list_rows(done.before, desk.settings.date_words),
            give_way=pages.piles.GIVE_WAY,
        )
    say.done(done, json=json, kept=False)


def _preview(desk: Desk, rows: Sequence[DossierRow], remarks: Sequence[Remark] = ()) -> None:
    shown = pages.piles.list_rows(rows[:_MOST_SHOWN], desk.settings.date_words)
    say.preview(shown, give_way=pages.piles.GIVE_WAY)
    if len(rows) > _MOST_SHOWN:
        say.talk(f"… and {len(rows) - _MOST_SHOWN} more")
    if agreed := sum(row.next.agreed for row in rows):
        say.warn(f"agreed with the client: {agreed}")
    for remark in remarks:
        say.warn(remark.text)


def log(
    ctx: typer.Context,
    name: options.Name,
    line: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="LINE",
            help="The outcome, the next date, -- and what was said; or the text.",
            autocompletion=completion.outcomes,
        ),
    ] = None,
    *,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="What it was: call, meeting, email, note, complaint …",
            autocompletion=completion.logged_kinds,
        ),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option(
            metavar="OUTCOME",
            help="How it ended: reached, no-answer, callback, order …",
            autocompletion=completion.outcomes,
        ),
    ] = None,
    person: Annotated[
        str | None, typer.Option("--with", metavar="PERSON", help="With whom, of the dossier.")
    ] = None,
    direction: Annotated[
        str | None, typer.Option(metavar="WAY", help="in: the client called; out: you did.")
    ] = None,
    minutes: Annotated[
        int | None, typer.Option(metavar="M", min=0, max=1440, help="How long it took.")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="When it was, if not just now: 9:15, yesterday."),
    ] = None,
    following: Annotated[
        str | None,
        typer.Option("--next", metavar="WHEN", help="The next date: --next 'fri 14:30'."),
    ] = None,
    owe: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What was promised: --owe 'offer for two, by wed'."),
    ] = None,
    what: options.What = None,
    agreed: options.Agreed = False,
    every: options.Every = None,
    counts: Annotated[
        bool, typer.Option("--counts", help="It counts for the rhythm's next date, though early.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Write down a contact, and file the dossier under the next date.

    The line is what `enter` reads: outcome, next date, -- and the text; plain text is text, and
    options go before it. Without a date it keeps its place; one that repeats comes up again on
    its next date.

    Example: tickler log ACME reached +1w -- wants 5 %, board meets Friday
    """
    desk = desk_of(ctx)
    words = face_of(ctx).words
    next_date, written = options.date_of(following), options.line_of(line, words)
    if owe is not None:
        if not owe.strip():
            raise Unreadable("what was promised? --owe is empty: --owe 'offer for two, by wed'")
        options.refuse_split_date(desk, words, name, ("--owe", owe), options.spoken(line))
    if next_date:
        options.refuse_split_date(desk, words, name, ("--next", next_date), options.spoken(line))
    of_kind = options.word(kind, LOGGED_KINDS, "--kind")
    ended = options.word(outcome, Outcome, "--outcome")
    way = options.word(direction, (Direction.IN, Direction.OUT), "--direction")
    by_options = [each for each in (of_kind, ended, way) if each]
    first = line[0] if line and not written.startswith("--") else ""
    key, said = options.understood(
        desk, name, written, first=first, given=by_options, dated=bool(next_date)
    )
    next_date = next_date or said.typed
    if agreed and not next_date:
        raise Unreadable("--agreed goes with a date: none was given to agree on")
    contact = filing.log.Contact(
        text=said.text,
        kind=of_kind or said.kind,
        outcome=ended or said.outcome,
        minutes=minutes,
        at=options.date_of(at),
        person=options.given("--with", person) or said.person,
        direction=way or said.direction,
        unknown=said.unknown,
    )
    proposal = desk.see(filing.repeat.proposal_after, key, contact.kind, contact.outcome)
    given: dict[str, Any] = {
        "agreed": agreed, "what": what, "owe": owe or "", "every": every,
    }  # fmt: skip
    if proposal.regular and not (counts or next_date or json) and say.can_ask():
        counts = _counts(desk.rehearse(filing.log.log, key, contact, **given))
    done = desk.do(filing.log.log, key, contact, next_date, early_counts=counts, **given)
    say.done(done, json=json)
    if any(warning.code == "early" for warning in done.warnings):
        say.talk("--counts takes this contact for that date")
    if not (json or next_date or done.before[0].next != done.after[0].next):
        _propose(f"{'tickler demo' if face_of(ctx).demo else 'tickler'} move {key}", proposal)


def _counts(rehearsed: Receipt) -> bool:
    """Whether a contact before the date of a rhythm counts for it, where that is the question."""
    early = next((each.text for each in rehearsed.warnings if each.code == "early"), "")
    return bool(early) and say.is_yes(say.answer(f"{early}. Does it count? [y/N]"))


def _propose(move: str, proposal: NextProposal) -> None:
    """Say what to type for the date that the outcome proposes; nothing is filed by itself."""
    dates = [date for date in proposal.dates if date != proposal.regular]
    if dates:
        kind = ["--kind", proposal.kind] if proposal.kind else []
        what = ["--what", proposal.what] if proposal.what else []
        say.talk(f"proposed: {move} {shlex.join([*dates[0].split(), *kind, *what])}")


def close(
    ctx: typer.Context,
    name: options.OpenNames,
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[FILTER]", help="More filters: segment:A.")
    ] = None,
    *,
    won: Annotated[bool, typer.Option("--won", help="They bought.")] = False,
    lost: Annotated[bool, typer.Option("--lost", help="They did not.")] = False,
    resting: Annotated[bool, typer.Option("--resting", help="Not now.")] = False,
    why: options.Why = "",
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Put a dossier, or several, into the cabinet.

    Example: tickler close ACME --lost --why "bought elsewhere"
    """
    status = _ending(won=won, lost=lost, resting=resting)
    desk = desk_of(ctx)
    whole, left = options.filters_first(name, more)
    if left:
        raise Unreadable(f"{quote(left[0])} is too much: quote a name with spaces, or give filters")
    keys, by_filter = _named(desk, whole or "")
    if not keys:
        say.talk(f"no open dossier is {whole}")
        if json:
            say.done(say.nothing_done("close"), json=True)
        return
    shown = desk.see(clients.read.by_ids, keys)
    many = len(shown) > 1 or by_filter
    if dry_run:
        done = desk.rehearse(filing.file.close_all, shown, status, why)
        _tell_rehearsed(desk, done, many=many, json=json)
        return
    if many:
        if not yes and say.can_ask():
            _preview(desk, shown)
        closed = f"{len(shown)} dossiers" if len(shown) > 1 else "1 dossier"
        say.agree(f"Close {closed}, {status}?", yes=yes, refusal=f"{closed} would be closed")
    say.done(desk.do(filing.file.close_all, shown, status, why), json=json)


def _ending(*, won: bool, lost: bool, resting: bool) -> Status:
    endings = {Status.WON: won, Status.LOST: lost, Status.RESTING: resting}
    chosen = [status for status, given in endings.items() if given]
    if len(chosen) != 1:
        raise Unreadable("how did it end? give one of --won, --lost, --resting")
    return chosen[0]


def reopen(
    ctx: typer.Context,
    name: options.ClosedName,
    when: options.When = None,
    json: options.Json = False,
) -> None:
    """Take a dossier out of the cabinet, to the inbox or a date.

    Example: tickler reopen ACME mon
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name, closed_first=True)
    say.done(desk.do(filing.file.reopen, key, options.date_of(when)), json=json)
