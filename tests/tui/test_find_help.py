"""Find: names and numbers as they are typed; help: every key."""

from textual.binding import Binding

from tickler.app import TicklerApp
from tickler.screens.binder import BinderScreen
from tickler.screens.changes import ChangesScreen
from tickler.screens.summary import SummaryScreen
from tickler.widgets.dossier import DossierPane
from tickler.widgets.forms import CloseForm, Form
from tickler.widgets.log_form import LogForm
from tickler.widgets.pile import Pile

OWNERS = (BinderScreen, Pile, DossierPane, LogForm, Form, CloseForm)


async def test_hits_come_as_it_is_typed(rep):
    await rep.press("f")
    await rep.press(*"xyzzy")
    assert "nothing found" in rep.screen
    await rep.press("escape", "/")
    await rep.press(*"grub")
    assert "1 found" in rep.screen
    assert "Gruber" in rep.part("OptionList")


WANTED = [
    ("cäsar", "Cäsar GmbH", "Mon 23 today"),
    ("anna berg", "ACME", "Mon 23 today"),
    ("23125117", "ACME", "Mon 23 today"),
    ("ravensmere", "Ravensmere Steel", "cabinet"),
    ("özkartal", "Spedition Özkartal", "Mon 23 today"),
    ("tarbet", "Tarbet Distillers", "February"),
    ("月白", "Tsukishiro Shoji 月白商事", "Fri 27 November"),
]


async def test_enter_goes_there(rep):
    for typed, name, head in WANTED:
        await rep.type_ahead("f", typed, "enter")
        assert rep.in_hand == name
        assert rep.words("#pile-head").startswith(head)


async def test_the_cabinet_is_found_and_says_so(rep):
    await rep.press("f", *"steel")
    hits = rep.part("OptionList")
    assert "Ravensmere Steel" in hits
    assert "lost" in hits


async def test_arrows_choose_another_hit(rep):
    await rep.press("f", *"gmbh", "down", "enter")
    second = rep.in_hand
    await rep.press("f", *"gmbh", "enter")
    assert rep.in_hand != second


async def test_a_click_on_a_hit_goes_there(rep):
    await rep.press("f", *"gruber")
    await rep.click("OptionList", 3, 0)
    assert rep.in_hand == "Gruber"


async def test_escape_and_enter_on_nothing_go_back(rep):
    await rep.type_ahead("f", "xyzzy", "enter")
    assert rep.in_hand == "ACME"
    await rep.type_ahead("f", "gru", "escape", "j")
    assert rep.in_hand == "Eder & Sohn"


async def test_help_lists_every_key_with_what_it_does(at_desk, empty_desk):
    async with at_desk(empty_desk, (80, 100)) as rep:
        await rep.press("?")
        page = " ".join(rep.screen.replace("│", " ").split())
        told = {b.tooltip for owner in OWNERS for b in owner.BINDINGS if isinstance(b, Binding)}
        assert len(told) > 25
        assert [tip for tip in told if tip not in page] == []
        assert "a new dossier" in page
        await rep.press("escape")
        assert "The binder is empty" in rep.screen


async def test_every_binding_has_an_id_and_a_tooltip():
    for owner in (*OWNERS, ChangesScreen, SummaryScreen, TicklerApp):
        assert all(b.id and b.tooltip for b in owner.BINDINGS), owner
