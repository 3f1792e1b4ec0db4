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
from tickler.core.views.receipts import ChangeLine, Echo, ImportReport, MovePlan, Receipt, Remark

__all__ = [
    "Away",
    "CardView",
    "ChangeLine",
    "Day",
    "DossierRow",
    "DossierView",
    "DueSlip",
    "Echo",
    "EntryView",
    "Found",
    "ImportReport",
    "InsertView",
    "MovePlan",
    "Passage",
    "PersonView",
    "ReachView",
    "Receipt",
    "Remark",
    "SlipView",
]
