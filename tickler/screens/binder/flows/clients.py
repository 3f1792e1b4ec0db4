"""Whose dossiers are whose, at the binder: departments linked, doubles merged, one forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tickler.core.text import printable
from tickler.core.views import DossierRow, Receipt
from tickler.screens.binder.flows.slips import SlipScreen
from tickler.screens.dialogs.confirm import Confirm
from tickler.screens.dialogs.find import FindScreen
from tickler.screens.key_queue import ACT
from tickler.services import clients
from tickler.widgets.pile import Pile

if TYPE_CHECKING:
    from collections.abc import Callable

MARK_ONE = "v marks the other dossier of the client; M merges it into the one in hand"


class ClientScreen(SlipScreen):
    """Links the dossier in hand, merges another one into it, or erases it; each asks first."""

    @work(group=ACT)
    async def action_link_card(self) -> None:
        linking = clients.link
        row = await self._whole()
        if row is None:
            return
        if row.linked:
            shared = ", ".join(each.said for each in row.linked)
            question = Confirm(f"Give {row.name} a card of its own again?", f"now with {shared}")
            if await self.session.ask(question):
                await self._did(linking.unlink, row.id)
            return
        other = await self.session.ask(FindScreen(f"Whose card does {row.name} share?"))
        if other:
            await self._did(linking.link, row.id, other.id)

    @work(group=ACT)
    async def action_merge(self) -> None:
        uniting = clients.merge
        pile, row = self.query_one(Pile), self._row()
        others = [key for key in pile.marked if row and key != row.id]
        if row is None or len(others) != 1:
            self.session.tell(MARK_ONE)
            return
        plan = await self.session.see(uniting.plan, row.id, others[0])
        if plan is None:
            return
        question = f"Merge {plan.gone.row.name} into {plan.kept.row.name}?"
        if await self.session.ask(Confirm(question, "\n".join(plan.told))):
            receipt = await self.session.act(self.session.tell, uniting.merge, plan)
            if receipt:
                pile.forget([row.id, *others])
                self.post_message(self.Filed(receipt, row.id))

    @work(group=ACT)
    async def action_forget(self) -> None:
        from tickler.screens.dialogs.confirm_name import ConfirmName  # noqa: PLC0415  # when first wanted

        forgetting = clients.forget
        row = self._row()
        plan = await self.session.see(forgetting.plan, row.id) if row else None
        if plan is None:
            return
        question = f"Erase {plan.row.name} for good?"
        if not await self.session.ask(Confirm(question, "\n".join(plan.told))):
            return
        spelled = await self.session.ask(ConfirmName(plan.row.name))
        if spelled is None or not await self.session.write_unjournaled(
            forgetting.forget, plan, spelled
        ):
            return
        self.query_one(Pile).forget([plan.row.id])
        keep = self.query_one(Pile).after(plan.row.id)
        said = f"{plan.row.name} is forgotten, for good"
        self.post_message(self.Filed(Receipt("forget", None, said, (plan.row,)), keep))
        await self._clear(said)

    async def _clear(self, said: str) -> None:
        """Clear the file, too, and say which copies still have who was forgotten."""
        copies = await self.session.vacuum(self.session.tell)
        if copies is not None:
            kept = ", ".join(copy.name for copy in copies)
            warned = f"  ⚠ still in {kept}: delete what you do not need" if copies else ""
            self.session.say(f"✓ {printable(said + warned)}")

    async def _whole(self) -> DossierRow | None:
        """The dossier in hand with what hangs on it: a row of the pile has less."""
        row = self._row()
        return await self.session.see(clients.read.by_id, row.id) if row else None

    async def _did(self, action: Callable[..., Receipt], key: int, *more: int) -> None:
        receipt = await self.session.act(self.session.tell, action, key, *more)
        if receipt:
            self.post_message(self.Filed(receipt, key))
