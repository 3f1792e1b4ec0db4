"""All that is done at the binder with the dossier in hand, each capability in its own module."""

from __future__ import annotations

from tickler.screens.binder.flows.clients import ClientScreen
from tickler.screens.binder.flows.evening import TurningScreen
from tickler.screens.binder.flows.find import FindingScreen
from tickler.screens.binder.flows.forms import SheetScreen
from tickler.screens.binder.flows.history import PastScreen
from tickler.screens.binder.flows.load import LoadingScreen
from tickler.screens.binder.flows.mail import WriteScreen
from tickler.screens.binder.flows.print import PrintScreen
from tickler.screens.binder.flows.reminders import RemindingScreen
from tickler.screens.binder.flows.review import LookingBackScreen
from tickler.screens.binder.flows.spread import SpreadingScreen
from tickler.screens.binder.flows.text_editor import TextScreen


class DossierScreen(
    ClientScreen,
    FindingScreen,
    LoadingScreen,
    LookingBackScreen,
    PastScreen,
    PrintScreen,
    RemindingScreen,
    SheetScreen,
    SpreadingScreen,
    TextScreen,
    TurningScreen,
    WriteScreen,
):
    """They stand side by side: none of them knows another."""
