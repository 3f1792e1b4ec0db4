"""All that is done at the binder with the dossier in hand, each capability in its own module."""

from __future__ import annotations

from tickler.screens.as_text import TextScreen
from tickler.screens.clients import ClientScreen
from tickler.screens.finding import FindingScreen
from tickler.screens.loading import LoadingScreen
from tickler.screens.looking_back import LookingBackScreen
from tickler.screens.past import PastScreen
from tickler.screens.printing import PrintScreen
from tickler.screens.reminding import RemindingScreen
from tickler.screens.sheets import SheetScreen
from tickler.screens.spreading import SpreadingScreen
from tickler.screens.turning import TurningScreen
from tickler.screens.writing import WriteScreen


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
