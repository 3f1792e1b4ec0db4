"""The lines that say what is half typed, and which key goes on with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from tickler.core.phrases import counted
from tickler.widgets.styled import HEAD, QUIET, one_line

if TYPE_CHECKING:
    from tickler.core.views import DraftView

#: By the first word of its name, what a draft is of, and the key that takes it up again.
_FORMS = {
    "log": ("log", "l"),
    "move": ("move", "m"),
    "postpone": ("promise put off", "m"),
    "new": ("new client", "n"),
    "note": ("own note", "Ctrl+P note"),
    "close": ("close", "c"),
    "card": ("edited card", "Enter e"),
    "people": ("edited people", "Enter e"),
    "promise": ("promise", "Enter p"),
    "sheet": ("form", "Enter f"),
    "attach": ("attach", "Enter a"),
    "rename": ("rename a file", "Enter a"),
    "save": ("save a file", "Enter a"),
    "correct": ("correction in history", "Enter h"),
    "enter": ("paper", "Ctrl+E"),
    "import": ("import", "i"),
    "print": ("print", "Ctrl+P"),
    "absence": ("absence", "g o"),
    "turn": ("turn of the page", "T"),
    "spread": ("spread", "s"),
}

#: These are answered line by line.
_PLANS = ("turn", "spread")

#: So much of a text is shown, and where the key has no room beside it less.
_SHOWN = 30
_SHORTER = (_SHOWN, 22, 14, 8)


def loose_line(drafts: Mapping[str, DraftView], width: int) -> Content | None:
    """`✎ new client “Bauer” half typed: n goes on`: what belongs to no row; None where nothing."""
    if not drafts:
        return None
    line = Content("")
    for shown in _SHORTER:
        parts = [f"{_what(form, draft, shown)} half {_done(form)}: {_key(form)} goes on"
                 for form, draft in drafts.items()]  # fmt: skip
        line = Content.assemble(("✎ ", HEAD), " · ".join(parts))
        if line.cell_length <= width:
            break
    return line.truncate(max(width, 0), ellipsis=True)


def of_dossier(drafts: Mapping[str, DraftView]) -> Content:
    """`log “board said yes” l · promise “offer” Enter p`: what is half typed about one."""
    parts = [
        Content.assemble(_what(form, draft), (f" {_key(form)}", QUIET))
        for form, draft in drafts.items()
    ]
    return Content(" · ").join(parts)


def _what(form: str, draft: DraftView, shown: int = _SHOWN) -> str:
    """`log of 2 dossiers “board said yes”`."""
    kind, _, which = form.partition(" ")
    what = _FORMS[kind][0] if kind in _FORMS else kind
    if kind in _PLANS:
        return f"{what} ({counted(len(draft.fields), 'line')})"
    several = f" of {counted(which.count(',') + 1, 'dossier')}" if "," in which else ""
    return f"{what}{several} {_quoted(draft, shown)}".rstrip()


def _done(form: str) -> str:
    return "done" if form.split(maxsplit=1)[0] in _PLANS else "typed"


def _key(form: str) -> str:
    kind, _, which = form.partition(" ")
    key = _FORMS[kind][1] if kind in _FORMS else ""
    return f"v marks them, {key}" if "," in which else key


def _quoted(draft: DraftView, most: int) -> str:
    """The field that says most: what was said, who is new, or the first one."""
    fields = draft.fields
    text = next((fields[name] for name in ("said", "name", "text") if fields.get(name)), "")
    text = one_line(text or next((text for text in fields.values() if text), ""))
    if not text:
        return ""
    return f"“{Content(text).truncate(most, ellipsis=True).plain}”"
