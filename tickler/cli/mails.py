"""Mails in the shell: imported from files, filed by hand, and a new one opened for a person."""

from __future__ import annotations

import contextlib
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tickler import config, system
from tickler.cli import completion, options, pages, say
from tickler.cli.cells import Cell
from tickler.cli.face import desk_of
from tickler.cli.hints import HINTS
from tickler.core.client.mail_domains import is_address
from tickler.core.numbers import number
from tickler.core.text import quote
from tickler.errors import Hint, Refused, Unreadable, short_path
from tickler.services import clients, papers

if TYPE_CHECKING:
    from tickler.core.views import MailOffer, MailReport, Unfiled
    from tickler.desk import Desk
    from tickler.formats.mail.mailbox import MailBox, MailBoxes

#: This many bytes are read without a bar: it takes a blink.
_SILENT = 8 * 2**20

#: No more than this that mails suggest is asked about; the rest is only said.
_MOST_OFFERED = 10


def take_in(
    desk: Desk, box: MailBox | MailBoxes, to: str | None, *, yes: bool, dry_run: bool, json: bool
) -> None:
    """File the mails of files or folders: each where its addresses are, or all into one dossier.

    Several are shown first and asked about; of one mail that fits several dossiers, whose it is.
    Where nobody knows whether a mail is the rep's own, which addresses are. Raises what
    `mail_in.fault_of` says of one mail that is not filed.
    """
    key = desk.see(clients.find.the_one, to) if to is not None else None
    if box.is_one:
        report = _take_one(desk, box, key, dry_run=dry_run, json=json)
    else:
        report = _take_many(desk, box, key, yes=yes, dry_run=dry_run, json=json)
    if not dry_run and not yes and say.can_ask():
        _offer(desk, report)


def _take_many(
    desk: Desk, box: MailBox | MailBoxes, key: int | None, *, yes: bool, dry_run: bool, json: bool
) -> MailReport:
    ask = not (yes or dry_run) and say.can_ask()
    own: Sequence[str] = ()
    if dry_run or ask:
        report = _filed(desk, box, key, keep=False)
        if ask and report.undecided and (own := _own_addresses(desk, report)):
            report = _filed(desk, box, key, keep=False, own=own)
        _tell(report, json=json and dry_run, kept=False, aside=ask)
    if ask:
        say.agree("File them?", yes=False, refusal="the mails would be filed")
    if not dry_run:
        report = _filed(desk, box, key, own=own)
        _tell(report, json=json, short=ask)
    return report


def _take_one(
    desk: Desk, box: MailBox | MailBoxes, key: int | None, *, dry_run: bool, json: bool
) -> MailReport:
    own: Sequence[str] = ()
    if not desk.settings.addresses and say.can_ask():
        seen = _filed(desk, box, key, keep=False)
        own = _own_addresses(desk, seen) if seen.undecided else ()
    report = _filed(desk, box, key, keep=not dry_run, own=own)
    if report.unfiled:
        (unfiled,) = report.unfiled
        if not (unfiled.candidates and say.can_ask()):
            raise papers.mail_in.fault_of(unfiled)
        report = _filed(desk, box, _asked(unfiled), keep=not dry_run, own=own)
    _tell(report, json=json, kept=not dry_run)
    return report


def _own_addresses(desk: Desk, report: MailReport) -> Sequence[str]:
    """The rep's own addresses as answered, remembered in the settings; () where none is typed."""
    likely = next(iter(report.likely_own), "")
    default = f" Enter: {likely};" if likely else ""
    typed = say.answer(f"Which e-mail addresses are yours?{default} - for none:")
    named = (typed or likely).replace(",", " ").split()
    if not named or named == ["-"]:
        return ()
    for address in named:
        if not is_address(address):
            raise Unreadable(f"{quote(address)} is not an e-mail address")
    path = desk.settings.source or config.places.config_path()
    config.file.remember_addresses(path, named)
    say.talk(f"remembered as yours: {', '.join(named)} ({short_path(path)})")
    return named


def _offer(desk: Desk, report: MailReport) -> None:
    """Ask about what the mails suggest, one by one, and do what the rep says yes to."""
    for offer in report.offers[:_MOST_OFFERED]:
        does = f"file it there ({offer.when})" if offer.when else "note this person"
        if say.is_yes(say.answer(f"{offer.name}: {offer.text}. {does}? [y/N]")):
            say.data(desk.do(papers.mail_offers.take, offer).text)


def _asked(unfiled: Unfiled) -> int:
    """Which of the dossiers that a mail fits it is for, as the rep answers; raises Refused."""
    say.talk(f"“{unfiled.subject}” fits several dossiers:")
    say.preview([[Cell(f"{c.id}", right=True), c.name] for c in unfiled.candidates])
    typed = say.answer("which one? its number, or Enter for none:")
    for candidate in unfiled.candidates:
        if number(typed) == candidate.id:
            return candidate.id
    raise Refused("nothing was changed")


def _filed(
    desk: Desk,
    box: MailBox | MailBoxes,
    key: int | None,
    *,
    keep: bool = True,
    own: Sequence[str] = (),
) -> MailReport:
    go = desk.do if keep else desk.rehearse
    with say.bar_of("filing" if keep else "looking", box.size, most_silent=_SILENT) as step:
        return go(papers.mail_in.file_all, box, key, step, own=own)


def _tell(
    report: MailReport, *, json: bool, kept: bool = True, aside: bool = False, short: bool = False
) -> None:
    """Show the result for mails; `aside` on stderr, `short` without the lines."""
    speak = say.talk if aside else say.data
    with say.of_what_was_done() if kept else contextlib.nullcontext():
        if json:
            say.as_json(pages.json.mails(report, kept=kept))
            return
        would = "" if kept else "would be: "
        read = "" if report.read == 1 else f"{report.read} read · "
        speak(f"{read}{would}{report.receipt.text}")
        if short:
            return
        say.report([*map(_left, report.unfiled)], speak)
        say.report([*map(_offered, report.offers)], speak)
    warnings = [f"warning: {text} ({short_path(where)})" for where, text in report.lines]
    warnings += [f"warning: {w.text}" for w in report.receipt.warnings if w.code == "addresses"]
    say.report(warnings, say.talk, always=True)


def _offered(offer: MailOffer) -> str:
    """What a mail suggests, and the command that does it."""
    said = f"{offer.name}: {offer.text}"
    if offer.when:
        return f"{said}; `tickler move {offer.dossier_id} {offer.when}` files it"
    named = (
        f"{offer.dossier_id} {shlex.quote(offer.person)} {shlex.quote(f'email={offer.address}')}"
    )
    return f"{said}; `tickler person add {named}` adds the person"


def _left(unfiled: Unfiled) -> str:
    """The line about a mail that was left: where it is, what about, and whose it could be."""
    subject = f" “{unfiled.subject}”" if unfiled.subject else ""
    could = ", ".join(f"{c.id} {c.name}" for c in unfiled.candidates[:5])
    hint = f"; {HINTS[Hint.TO]}{f': {could}' if could else ''}" if unfiled.addresses else ""
    return f"{unfiled.where}{subject}: {unfiled.why}{hint}"


def mail(
    ctx: typer.Context,
    name: options.Name,
    who: Annotated[
        str | None, typer.Argument(metavar="WHO", help="Whom: a name or a part of one.")
    ] = None,
    *,
    template: Annotated[
        str | None,
        typer.Option(
            metavar="T", help="A template of config.toml.", autocompletion=completion.letters
        ),
    ] = None,
    print_: Annotated[
        bool, typer.Option("--print", help="Print the address instead of opening it.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Write a mail to a person, in your mail program.

    It opens with the template filled in; in a pipe the mailto: address is printed instead.

    Example: tickler mail ACME berg --template offer
    """
    desk = desk_of(ctx)
    key = desk.see(clients.find.the_one, name)
    letter = desk.see(
        papers.mail_out.letter, key, desk.see(papers.mail_out.reader, key, who or ""), template
    )
    if letter.reader.warning and not json:
        say.warn(letter.reader.warning)
    if json:
        say.as_json(
            {
                "to": letter.reader.address,
                "name": letter.reader.name,
                "subject": letter.subject,
                "body": letter.body,
                "url": letter.url,
                "dead_on": letter.reader.dead_on and letter.reader.dead_on.isoformat(),
                "empty": list(letter.empty),
            }
        )
        return
    if letter.warning:
        say.warn(letter.warning)
    if print_ or not sys.stdout.isatty():
        say.data(letter.url)
    else:
        system.programs.start(letter.url, "mails", kind="mails")
        say.data(f"a mail to {letter.reader}")


def boxes_at(paths: Sequence[Path], *, with_lists: bool) -> MailBox | MailBoxes | None:
    """The mails at these paths, if there are any; `with_lists`: options for lists were given.

    Raises Unreadable where they do not go together.
    """
    box = papers.mail_files.boxes_at(paths)
    if box and with_lists:
        raise Unreadable("--first-calls, --per-day and --from are for a client list, not for mails")
    return box
