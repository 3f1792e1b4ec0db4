"""Frozen rows and receipts that cross from services to faces."""

from tickler.core.views.dossiers import (
    Away,
    CardView,
    Day,
    DossierRow,
    DossierView,
    EntryView,
    InsertView,
    PersonView,
    ReachView,
)
from tickler.core.views.receipts import ChangeLine, Echo, ImportReport, MovePlan, Receipt, Remark

__all__ = [
    "Away",
    "CardView",
    "ChangeLine",
    "Day",
    "DossierRow",
    "DossierView",
    "Echo",
    "EntryView",
    "ImportReport",
    "InsertView",
    "MovePlan",
    "PersonView",
    "ReachView",
    "Receipt",
    "Remark",
]
