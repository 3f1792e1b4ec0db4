"""Paper at the binder: the pile that is turned to, numbered, into a file to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from tickler.core import path_words
from tickler.core.text import printable
from tickler.errors import short_path
from tickler.screens.binder.flows.slips import SlipScreen
from tickler.screens.key_queue import ACT
from tickler.services import filing
from tickler.system import files

if TYPE_CHECKING:
    from tickler.services.filing.paper_page import PrintedPile
    from tickler.widgets.forms.attach_form import PrintForm


class PrintScreen(SlipScreen):
    """Writes a page; nothing of the binder is changed by it."""

    @work(group=ACT)
    async def action_print(self) -> None:
        from tickler.widgets.forms.attach_form import PrintForm  # noqa: PLC0415  # when first wanted

        if page := await self._page():
            name = printable(page.title)
            form = PrintForm(f"Print the pile of {name}", path_words.quoted(page.file_name))
            await self._open(form, (), "#pile-pane", "#text")

    @work(group=ACT)
    async def on_print_form_filed(self, event: PrintForm.Filed) -> None:
        from tickler.widgets.forms.attach_form import PrintForm  # noqa: PLC0415  # as above

        form = self._form
        printing = filing.paper_page
        page = await self._page()  # anew: it is of now, whatever lay there when it was asked for
        if page is None or not isinstance(form, PrintForm):
            return

        def save() -> str:
            to = Path(path_words.one(event.text))
            path = files.target_of(page.file_name, to)
            files.write(path, page.text.encode(), force=event.insists)
            return short_path(path)

        path = await self.session.guarded(form.show_doubt, save)
        if path and await self.session.write_unjournaled(printing.keep, page):
            await self._shut()
            self.session.say(f"✓ {len(page.lines)} lines in {printable(path)}")

    async def _page(self) -> PrintedPile | None:
        if self.view is None:
            return None
        page: PrintedPile | None = await self.session.see(
            filing.paper_page.of_key, self.view.pile.slot
        )
        if page and not page.lines:
            self.session.say("nothing lies here: there is nothing to print")
            return None
        return page
