"""Frozen rows and receipts that cross from services to faces; loaded when they are first named."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tickler.core.views.day import Away, Day, InsertView, SlipsDue, Turn
    from tickler.core.views.dossiers import (
        CardView,
        DossierRow,
        DossierView,
        DueSlip,
        EntryView,
        LinkedView,
        PersonView,
        ReachView,
        SlipView,
    )
    from tickler.core.views.drafts import DraftView
    from tickler.core.views.found import Found, Passage
    from tickler.core.views.handovers import (
        BroughtIn,
        Clash,
        DossierNews,
        HandoverView,
        LendPlan,
        StandIn,
    )
    from tickler.core.views.loads import AbsenceView, WeeksView
    from tickler.core.views.papers import AttachmentView, CorrectionView, MailView, SheetView
    from tickler.core.views.receipts import Echo, MovePlan, Receipt, StretchEcho
    from tickler.core.views.reports import (
        ChangeLine,
        ExportReport,
        ForgetPartPlan,
        ForgetPlan,
        ImportLine,
        ImportReport,
        MailOffer,
        MailReport,
        MergePlan,
        Unfiled,
    )

_NAMES_OF = {
    "day": "Away Day InsertView SlipsDue Turn",
    "dossiers": "CardView DossierRow DossierView DueSlip EntryView LinkedView PersonView "
    "ReachView SlipView",
    "drafts": "DraftView",
    "found": "Found Passage",
    "handovers": "Clash DossierNews HandoverView LendPlan BroughtIn StandIn",
    "loads": "AbsenceView WeeksView",
    "papers": "AttachmentView CorrectionView MailView SheetView",
    "receipts": "Echo MovePlan Receipt StretchEcho",
    "reports": (
        "ChangeLine ExportReport ForgetPartPlan ForgetPlan ImportLine ImportReport MailOffer "
        "MailReport MergePlan Unfiled"
    ),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # a class, whichever is named
    for module, names in _NAMES_OF.items():
        if name in names.split():
            return getattr(importlib.import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
