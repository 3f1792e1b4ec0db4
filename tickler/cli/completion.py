"""What the shell completes: names, inserts, kinds and other words that a command takes."""

from collections.abc import Callable, Iterable
from enum import StrEnum

import typer
from typer.core import TyperGroup

from tickler import config, store
from tickler.core.contact.kinds import LOGGED_KINDS, PLANNED_KINDS, Kind, Outcome
from tickler.core.filing.slips import SlipKind
from tickler.core.filing.slots import CABINET, INBOX, LATER, OVERDUE
from tickler.errors import TicklerError
from tickler.services import papers


def _words(listed: Iterable[StrEnum]) -> Callable[[str], list[str]]:
    values = [word.value for word in listed]
    return lambda incomplete: [value for value in values if value.startswith(incomplete)]


#: Kinds of a next contact, of what is logged, of a line of history and of a slip; outcomes.
kinds = _words(PLANNED_KINDS)
logged_kinds = _words(LOGGED_KINDS)
entry_kinds = _words(Kind)
slip_kinds = _words(SlipKind)
outcomes = _words(Outcome)


def names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of all dossiers."""
    return _names(ctx, incomplete, None)


def open_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of the dossiers in the binder."""
    return _names(ctx, incomplete, False)


def closed_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Names of the dossiers in the cabinet."""
    return _names(ctx, incomplete, True)


def demo_words(ctx: typer.Context, incomplete: str) -> list[str]:
    """Verbs, and after one the names of the sample binder."""
    group = ctx.find_root().command
    if isinstance(group, TyperGroup) and not ctx.params.get("verb"):
        return [verb for verb in group.commands if verb.startswith(incomplete)]
    sample = str(config.places.demo_path())
    return store.completion.for_shell(store.completion.names(sample, incomplete))


def slots(incomplete: str) -> list[str]:
    """The inserts that have a word for a name."""
    return _with_months(incomplete, INBOX, OVERDUE, LATER, CABINET)


def sources(incomplete: str) -> list[str]:
    """What can be spread."""
    return _with_months(incomplete, "today", "late", "inbox", "needs")


def _with_months(incomplete: str, *words: str) -> list[str]:
    months = config.settings.load_or_default()[0].date_words.months
    begun = incomplete.casefold()
    offered = store.completion.Offered
    return [offered(w) for w in (*words, *months) if w.casefold().startswith(begun)]


def letters(incomplete: str) -> list[str]:
    """The templates for mails."""
    known = config.settings.load_or_default()[0].templates
    return [name for name in known if name.startswith(incomplete)]


def forms(incomplete: str) -> list[str]:
    """Names of the forms there are."""
    try:
        return [name for name in papers.forms.names() if name.startswith(incomplete)]
    except TicklerError:
        return []


def _names(ctx: typer.Context, incomplete: str, closed: bool | None) -> list[str]:
    before = ctx.find_root().params
    try:
        settings = config.settings.load()
    except TicklerError:
        return []
    address = before.get("db") or settings.database()
    rep = before.get("rep") or settings.rep
    found = store.completion.names(address, incomplete, rep=rep, closed=closed)
    return store.completion.for_shell(found)
