"""The command that hands a pile to a colleague, and takes it back: handover."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import services, system
from tickler.cli import options, pages, say, sealing
from tickler.cli.face import desk_of
from tickler.core.backups import Why
from tickler.core.numbers import numbers
from tickler.core.phrases import counted
from tickler.core.text import quote
from tickler.errors import NotFound, Unreadable, short_path
from tickler.services import clients, piles
from tickler.services import handover as handovers

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tickler.core.views import BroughtIn, LendPlan
    from tickler.desk import Desk
    from tickler.system.sealed import Seal

#: A page to read instead of a binder.
_PAGES = (".html", ".htm", ".pdf")


def handover(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="Only these, as in list: tag:x city:Berlin."),
    ] = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write the pile: .tickler, .html or .pdf."),
    ] = None,
    days: Annotated[
        str | None, typer.Option("--days", metavar="RANGE", help="For which days: 7.12...18.12.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="The colleague who works it.")
    ] = None,
    tag: Annotated[str | None, typer.Option(metavar="WORD", help="Only with this tag.")] = None,
    back: Annotated[
        Path | None, typer.Option("--in", metavar="FILE", help="Bring a pile home.")
    ] = None,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Of what both changed, take the colleague's.")
    ] = False,
    take: Annotated[
        str | None,
        typer.Option("--take", metavar="LINES", help="Take the colleague's in these lines: 2,5."),
    ] = None,
    brief: Annotated[
        bool, typer.Option("--brief", help="Each dossier in short, with what is missing in it.")
    ] = False,
    passphrase: sealing.WithPassphrase = False,
    keys: sealing.ForKeys = None,
    key: sealing.WithKey = None,
    force: options.Force = False,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Hand the pile of some days to a colleague, and bring it home.

    Without options: what is out, what came back, and what changed.

    Example: tickler handover --out ferien.tickler --days 7.12...18.12. --to Tom
    """
    desk = desk_of(ctx)
    typed = options.filtered(words or ())
    goes_out = out is not None or days is not None
    _refuse_apart(
        is_back=back is not None,
        goes_out=goes_out,
        of_out=force or to is not None or passphrase or keys is not None,
        of_back=theirs or take is not None or key is not None,
        chosen=bool(typed) or tag is not None,
        brief=brief,
    )
    if back is not None:
        taken = handovers.bring_in.ALL if theirs else _lines(take)
        plain = sealing.opened(ctx, back, key)
        _bring_in(desk, plain, taken, yes=yes, dry_run=dry_run, json=json)
    elif goes_out:
        span = options.date_of(days)
        if not span:
            raise Unreadable("for which days? --days 7.12...18.12.")
        asked = options.given("--to", to)
        plan = desk.see(handovers.lend.plan, span, typed, tag=tag, to=asked)
        if brief:
            _brief(desk, [row.id for row in plan.rows], json=json)
        elif out is None:
            raise Unreadable("to which file? --out ferien.tickler")
        else:
            seal = None
            if not dry_run:
                seal = sealing.seal_of(out, passphrase=passphrase, keys=keys)
            plain = out.with_suffix("") if system.sealed.is_named(out) else out
            write = _write_page if plain.suffix.lower() in _PAGES else _hand_over
            write(desk, plan, plain, seal, force=force, yes=yes, dry_run=dry_run, json=json)
    elif brief:
        if typed or tag:
            _brief(desk, desk.see(clients.listing.of, typed, tag=tag).keys, json=json)
        else:
            _brief(desk, [row.id for row in desk.see(piles.pile.todays).rows], json=json)
    else:
        _list(desk, json=json)


def _refuse_apart(
    *, is_back: bool, goes_out: bool, of_out: bool, of_back: bool, chosen: bool, brief: bool
) -> None:
    """Raise Unreadable for options that would have no effect."""
    if is_back and goes_out:
        raise Unreadable("--in brings a pile home, --out hands one over: one at a time")
    if of_back and not is_back:
        raise Unreadable("--theirs, --take and --key go with --in")
    if of_out and not goes_out:
        raise Unreadable(
            "--to, --force, --passphrase and --for go with "
            "--out ferien.tickler --days 7.12...18.12."
        )
    if is_back and (brief or chosen):
        raise Unreadable("a pile is brought home whole: no words, --tag or --brief with --in")
    if chosen and not (goes_out or brief):
        raise Unreadable("for which days? --days 7.12...18.12.")


def _lines(typed: str | None) -> Collection[int]:
    if typed is None:
        return ()
    if not (found := numbers(typed)):
        raise Unreadable(f"--take takes lines of the preview such as 2,5; not {quote(typed)}")
    return found


def _hand_over(
    desk: Desk,
    plan: LendPlan,
    out: Path,
    seal: Seal | None,
    *,
    force: bool,
    yes: bool,
    dry_run: bool,
    json: bool,
) -> None:
    path = handovers.lend.target_of(out)
    path = system.sealed.named(path) if seal else path
    count = counted(len(plan.rows), "dossier")
    to = f" to {plan.colleague}" if plan.colleague else ""
    if dry_run and json:
        say.as_json({"action": "handover", "change": None, **pages.handover.plan_json(plan)})
        return
    if dry_run or not (yes or json):
        rows = pages.piles.list_rows(plan.rows, desk.settings.date_words)
        (say.table if dry_run else say.preview)(rows, give_way=pages.piles.GIVE_WAY)
        for remark in plan.remarks:
            say.talk(remark.text)
    if dry_run:
        say.data(f"would: hand over{to}: {count} of {plan.days}")
        return
    if plan.rows:
        say.agree(
            f"Hand over{to}: {count} of {plan.days}?",
            yes=yes,
            refusal=f"{count} would be handed over; --dry-run shows them",
        )
    with say.bar_of("writing", len(plan.rows)) as step:
        write = handovers.lend.write
        given = desk.see(write, plan, path, seal=seal, force=force, progress=step)
    done = desk.do(handovers.lend.lend, plan, given)
    say.done(done, json=json, file=str(path), **pages.handover.plan_json(plan))
    if not json:
        name = plan.colleague or "NAME"
        if seal:
            say.talk(f"{name} decrypts it by `tickler --db {out.name} restore {path.name}`")
        say.talk(
            f"{name} opens it by `tickler --as {name} --db {short_path(path.parent / out.name)}`"
        )


def _write_page(
    desk: Desk,
    plan: LendPlan,
    out: Path,
    seal: Seal | None,
    *,
    force: bool,
    yes: bool,
    dry_run: bool,
    json: bool,
) -> None:
    path = system.files.target_of("handover.html", out)
    page = desk.see(handovers.page.made, plan, path)
    if seal:
        path = system.sealed.named(path)
        system.sealed.save(path, page.write, seal, force=force)
    elif not dry_run:
        system.files.save(path, page.write, force=force)
    if json:
        say.as_json({"action": "handover", "file": str(path), **pages.handover.plan_json(plan)})
    else:
        would = "would: " if dry_run else ""
        count = counted(len(plan.rows), "dossier")
        say.data(f"{would}{count} of {plan.days} → {short_path(path)}")
    if page.warning:
        say.warn(page.warning)


def _bring_in(
    desk: Desk, path: Path, take: Collection[int], *, yes: bool, dry_run: bool, json: bool
) -> None:
    theirs = handovers.their_file.read(path)
    seen = desk.rehearse(handovers.bring_in.bring_in, theirs, take=take)
    if (most := max(take, default=0)) > len(seen.clashes):
        raise NotFound(f"there is no line {most}: {counted(len(seen.clashes), 'conflict')}")
    if dry_run:
        _tell(seen, json=json, kept=False)
        return
    if not (yes or json):
        _preview(seen)
    say.agree("Bring it in?", yes=yes, refusal="the pile would be brought in; --dry-run shows it")
    bring = handovers.bring_in.bring_in
    done = services.backups.do(desk, Why.HANDOVER, bring, theirs, take=take, seen=seen)
    _tell(done, json=json, kept=True)


def _preview(seen: BroughtIn) -> None:
    for each in seen.news:
        say.preview(pages.handover.news_rows(each), give_way=((2, 20), (1, 10)))
    clashes = pages.handover.clash_rows(seen.clashes)
    say.preview(clashes, give_way=pages.handover.CLASHES_GIVE_WAY)
    if seen.clashes:
        say.talk("--theirs takes the colleague's of all of them, --take 2,5 of some lines")
    for warning in seen.receipt.warnings:
        say.warn(warning.text)


def _tell(found: BroughtIn, *, json: bool, kept: bool) -> None:
    if not json and not kept:
        for each in found.news:
            say.table(pages.handover.news_rows(each), give_way=((2, 20), (1, 10)))
    if not json:
        clashes = pages.handover.clash_rows(found.clashes)
        say.table(clashes, give_way=pages.handover.CLASHES_GIVE_WAY)
    more = pages.handover.returned_json(found) if json else {}
    say.done(found.receipt, json=json, kept=kept, **more)


def _brief(desk: Desk, keys: Sequence[int], *, json: bool) -> None:
    found = [desk.see(clients.read.whole, key) for key in keys]
    if json:
        say.as_json([pages.handover.brief_json(view, desk.now()) for view in found])
        return
    for n, view in enumerate(found):
        if n:
            say.data("")
        rows = pages.dossier.dossier_rows(view, desk.settings.date_words, desk.now())
        say.table(pages.handover.brief_rows(view, rows), give_way=((1, 20),))
    if not found:
        say.talk("nothing is planned then")


def _list(desk: Desk, *, json: bool) -> None:
    words = desk.settings.date_words
    if standing_in := desk.see(handovers.listed.standing_in):
        rows = desk.see(piles.pile.of_stretch, standing_in.first, standing_in.after).rows
        if json:
            say.as_json(pages.handover.standing_json(standing_in))
            return
        say.data(desk.see(handovers.listed.first_lines)[0])
        say.talk(f"{counted(len(rows), 'dossier is', 'dossiers are')} planned for those days")
        return
    found = desk.see(handovers.listed.listed)
    say.shown(
        pages.handover.listed_rows(found, words),
        lambda: pages.handover.listed_json(found),
        json=json,
        give_way=((2, 20), (1, 10)),
        nothing="nothing was handed over yet",
    )
