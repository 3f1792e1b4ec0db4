"""Frozen rows and receipts that cross from services to faces."""

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
from tickler.core.views.found import Found, Passage
from tickler.core.views.loads import AbsenceView, WeeksView
from tickler.core.views.papers import AttachmentView, CorrectionView, MailView, SheetView
from tickler.core.views.receipts import (
    ChangeLine,
    Echo,
    ForgetPlan,
    ImportReport,
    MailReport,
    MergePlan,
    MovePlan,
    Receipt,
    Unfiled,
)

__all__ = [
    "AbsenceView",
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
    "ForgetPlan",
    "Found",
    "ImportReport",
    "InsertView",
    "LinkedView",
    "MailReport",
    "MailView",
    "MergePlan",
    "MovePlan",
    "Passage",
    "PersonView",
    "ReachView",
    "Receipt",
    "SheetView",
    "SlipView",
    "SlipsDue",
    "Turn",
    "Unfiled",
    "WeeksView",
]
