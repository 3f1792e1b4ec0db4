"""The verbs of the shell face, and Typer, which reads the words that call them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, cast

import typer
from typer.core import TyperCommand

from tickler import __version__
from tickler.cli import (
    attaching,
    cards,
    clients,
    filing,
    finding,
    forms,
    history,
    house,
    journal,
    loading,
    mails,
    people,
    piles,
    printing,
    reviewing,
    say,
    slips,
    spreading,
    transfer,
    turning,
)
from tickler.cli.face import Face, face_of
from tickler.errors import Unreadable

#: What Typer raises for a wrong call; where it keeps the class has changed, its place has not.
_UsageError = cast("type[Exception]", typer.BadParameter.__mro__[1])

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


class _Verb(TyperCommand):
    """A command whose help shows NAME and WHEN without the types that Typer adds."""

    def get_params(self, ctx: typer.Context) -> list[Any]:  # type: ignore[override]
        params = super().get_params(ctx)
        for param in params:
            if param.param_type_name == "argument":
                vars(param)["display_type_rich"] = lambda ctx: None
        return params


_WORDS = {"allow_extra_args": True, "ignore_unknown_options": True}

_COMMANDS: dict[str, Callable[..., None]] = {
    "today": piles.today,
    "pile": piles.pile,
    "slots": piles.slots,
    "load": loading.load,
    "absence": loading.absence,
    "add": filing.add,
    "move": filing.move,
    "log": filing.log,
    "promise": slips.promise,
    "slip": slips.slip,
    "attach": attaching.attach,
    "spread": spreading.spread,
    "fill": spreading.fill,
    "show": finding.show,
    "history": history.history,
    "correct": history.correct,
    "edit": cards.edit,
    "list": finding.list_,
    "find": finding.find,
    "ring": finding.ring,
    "close": filing.close,
    "reopen": filing.reopen,
    "link": clients.link,
    "unlink": clients.unlink,
    "merge": clients.merge,
    "forget": clients.forget,
    "turn": turning.turn,
    "enter": printing.enter,
    "review": reviewing.review,
    "undo": journal.undo,
    "redo": journal.redo,
    "changes": journal.changes,
    "import": transfer.import_,
    "mail": mails.mail,
    "config": house.config,
    "doctor": house.doctor,
}
for _verb, _command in _COMMANDS.items():
    app.command(_verb, cls=_Verb)(_command)

_people = typer.Typer(rich_markup_mode=None, help="A dossier's people: add, edit, remove, list.")
_OF_PEOPLE: dict[str, Callable[..., None]] = {
    "add": people.add,
    "edit": people.edit,
    "remove": people.remove,
    "list": people.list_,
}
for _verb, _command in _OF_PEOPLE.items():
    _people.command(_verb, cls=_Verb)(_command)
app.add_typer(_people, name="person")

_print = typer.Typer(rich_markup_mode=None, help="Onto paper: a pile, its lines numbered.")
_print.command("pile", cls=_Verb)(printing.pile)
app.add_typer(_print, name="print")

app.command("demo", cls=_Verb, context_settings={**_WORDS, "allow_interspersed_args": False})(
    transfer.demo
)
form = typer.Typer(rich_markup_mode=None)
_FORM_COMMANDS: dict[str, Callable[..., None]] = {
    "list": forms.list_,
    "new": forms.new,
    "fill": forms.fill,
    "show": forms.show,
    "edit": forms.edit,
    "remove": forms.remove,
    "export": forms.export,
}
for _verb, _command in _FORM_COMMANDS.items():
    form.command(_verb, cls=_Verb)(_command)
app.add_typer(form, name="form", callback=forms.form, invoke_without_command=True)


def _say_version(wanted: bool) -> None:
    if wanted:
        say.data(f"tickler {__version__}")
        raise typer.Exit


@app.callback()
def _bare(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="The database, before TICKLER_DB and config.toml."),
    ] = None,
    rep: Annotated[
        str | None, typer.Option("--as", metavar="REP", help="Whose binder it is.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """The sales binder: every client lies under the day of the next contact.

    Without a verb it opens on today's pile.

    Example: tickler move ACME fri 14:30
    """
    face = face_of(ctx)
    if face.demo:
        transfer.refuse_other_binder(db, rep)
    face.db, face.rep = db or face.db, rep or face.rep
    if ctx.invoked_subcommand is None:
        if say.at_terminal():
            face.open()
        else:
            piles.show_today(face)


def call(face: Face) -> int:
    """Run the verb that the words name; returns its exit code.

    Raises Unreadable for a wrong call, KeyboardInterrupt where a question was broken off.
    """
    try:
        code = app(args=list(face.words), prog_name="tickler", standalone_mode=False, obj=face)
    except _UsageError as error:
        raise _usage(error) from error
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    return code if isinstance(code, int) else 0


def _usage(error: BaseException) -> Unreadable:
    """A wrong call as the sentence of ours that says where help is."""
    context = getattr(error, "ctx", None)
    said = getattr(error, "format_message", lambda: str(error))().strip()
    about = context.command_path if context else "tickler"
    ended = said if said.endswith((".", "?", "!")) else f"{said}."
    return Unreadable(f"{ended} `{about} --help` shows how")
