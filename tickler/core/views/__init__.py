"""Frozen rows and receipts that cross from services to faces."""

from tickler.core.views.dossiers import (
    Away,
    CardView,
    Day,
    DossierRow,
    DossierView,
    DueSlip,
    EntryView,
    InsertView,
    PersonView,
    ReachView,
    SlipView,
)
from tickler.core.views.found import Found, Passage
from tickler.core.views.papers import AttachmentView, CorrectionView, MailView, SheetView
from tickler.core.views.receipts import ChangeLine, Echo, ImportReport, MovePlan, Receipt, Remark

__all__ = [
    "AttachmentView",
    "Away",
    "CardView",
    "ChangeLine",
    "CorrectionView",
    "Day",
    "DossierRow",
    "DossierView",
    "DueSlip",
    "Echo",
    "EntryView",
    "Found",
    "ImportReport",
    "InsertView",
    "MailView",
    "MovePlan",
    "Passage",
    "PersonView",
    "ReachView",
    "Receipt",
    "Remark",
    "SheetView",
    "SlipView",
]
