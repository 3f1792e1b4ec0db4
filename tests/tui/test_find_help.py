"""Find: names and numbers as they are typed; help: every key and every sign."""

import ast
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from unicodedata import category

import pytest
from textual.dom import DOMNode

from tickler import screens, widgets
from tickler.core import views
from tickler.core.contact import intervals, next_proposal
from tickler.core.dates import client_time, repeat
from tickler.screens.binder.forms.filing import CloseForm
from tickler.screens.binder.forms.log import LogForm
from tickler.screens.bindings import KEYS, Group
from tickler.screens.dialogs import help
from tickler.services import filing
from tickler.services.filing.log import Contact
from tickler.widgets.forms.form import Form
from tickler.widgets.legend import SIGNS
from tickler.widgets.pile import Pile

OWNERS = (Pile, LogForm, Form, CloseForm)


@pytest.mark.slow
async def test_hits_come_as_it_is_typed_and_lead_there_or_back(rep):
    await rep.type_ahead("f", "xyzzy")
    assert "nothing found" in rep.screen
    await rep.press("enter")
    assert rep.in_hand == "ACME"
    await rep.type_ahead("v", "/", "grub")
    assert "1 found" in rep.screen
    assert "Gruber" in rep.part("OptionList")
    await rep.type_ahead("escape", "j")
    assert rep.in_hand == "Van den Eynde NV"
    assert len(rep.app.screen.query_one(Pile).marked) == 1
    await rep.type_ahead("f", "gruber")
    await rep.click("OptionList", 3, 0)
    assert rep.in_hand == "Gruber"


WANTED = [
    ("caesar", "Cäsar GmbH", "Mon 23 today"),
    ("anna berg", "ACME", "Mon 23 today"),
    ("23125117", "ACME", "Mon 23 today"),
    ("ravensmere", "Ravensmere Steel", "cabinet"),
    ("özkartal", "Spedition Özkartal", "Mon 23 today"),
    ("tarbet", "Tarbet Distillers", "February"),
    ("月白", "Tsukishiro Shoji 月白商事", "Fri 27 November"),
]


@pytest.mark.slow
async def test_enter_goes_there(rep):
    for typed, name, head in WANTED:
        await rep.type_ahead("f", typed, "enter")
        assert rep.in_hand == name
        assert rep.words("#pile-head").startswith(head)


async def test_what_was_said_finds_and_shows_where_as_far_as_it_is_typed(rep):
    rep.desk.do(filing.log.log, 2, Contact("[bold]xyzzy[/bold] \x1b[31mred"), "")
    await rep.type_ahead("f", "xyzzy")
    assert "call: [bold]xyzzy[/bold] ␛[31mred" in rep.part("OptionList")
    await rep.type_ahead("escape", "f", "steel")
    hits = rep.part("OptionList")
    assert "Ravensmere Steel" in hits
    assert "lost" in hits
    await rep.type_ahead("escape", "f", "cäs")
    assert rep.style_at("Cäsar GmbH", 5).underline
    assert not rep.style_at("ar GmbH", 5).underline
    await rep.type_ahead("ar")
    assert rep.style_at("ar GmbH", 5).underline
    await rep.type_ahead("escape", "f", "board mee")
    name, passage, *_ = rep.part("OptionList").splitlines()
    assert name.startswith("ACME ")
    assert "23" in name.split()
    assert passage.strip() == "Thu 12 Nov call: wants 5 %, board meets Friday"
    assert rep.style_at("board mee", 5).underline
    assert not rep.style_at("wants 5", 5).underline
    await rep.press("enter")
    assert rep.in_hand == "ACME"


@pytest.mark.slow
async def test_arrows_choose_another_hit_and_filters_fewer(rep):
    await rep.press("f", "gmbh", "down")
    await rep.type_ahead(*["backspace"] * 4, "tag:crane")
    await rep.press("down")
    assert "19 found" in rep.screen
    options = rep.app.screen.query_one("OptionList")
    assert options.option_count == 19
    assert options.highlighted == 1
    await rep.type_ahead("escape", "f", "gmbh")
    await rep.type_ahead("down", "enter")
    second = rep.in_hand
    await rep.type_ahead("f", "gmbh", "enter")
    assert rep.in_hand != second
    # Filters are typed among the words and say what may follow.
    await rep.type_ahead("f", "crane slot:overdue")
    assert "Delta AG" in rep.part("OptionList")
    assert "ACME" not in rep.part("OptionList")
    await rep.type_ahead(" kind:complaint")
    assert "nothing found" in rep.screen
    await rep.type_ahead("escape", "f", "crane kind:off")
    assert "there is no kind “off”: type first-call, call, meeting" in rep.screen
    assert rep.app.screen.query_one("OptionList").option_count == 0
    await rep.type_ahead("er")
    assert "there is no kind" not in rep.screen
    assert "offer: " in rep.part("OptionList")


async def test_help_lists_every_key_and_sign_and_scrolls(at_desk, empty_desk):
    async with at_desk(empty_desk) as rep:
        await rep.press("?")
        assert "l log a contact and file the" in rep.screen
        assert "Signs" not in rep.screen
        await rep.press("G")
        assert "under [keys] in config.toml" in rep.words("#page")
        await rep.press("g", "j", "j", "k")
        assert rep.app.screen.query_one("VerticalScroll").scroll_y == 1
        await rep.press("escape")
        assert "The binder is empty" in rep.screen


@pytest.mark.parametrize("width", [74, 110])
def test_the_page_of_keys_has_all_of_them_in_two_columns(width):
    shown = help.page({"move": "f6", "go": "f7", "close": "c"}, width)
    assert all(line.cell_length <= width for line in shown.split("\n"))
    middle = (width - 2) // 2
    columns = [(line.plain[:middle], line.plain[middle:]) for line in shown.split("\n")]
    page = " ".join(" ".join(column).replace("  ", " ") for column in zip(*columns, strict=True))
    page = " ".join(page.replace("\u00a0", " ").split())
    told = {key.tooltip for key in KEYS} | {b.tooltip for o in OWNERS for b in o.BINDINGS}
    assert len(told) > 60
    assert [tip for tip in told if tip not in page] == []
    assert [head for head in Group if head not in page] == []
    assert [sign for sign in SIGNS if f"{sign} {SIGNS[sign]}" not in page] == []
    for text in ("f6 file the dossier", "f7 i the inbox", "⏎ e edit", "c close: won"):
        assert text in page
    named = [key.name for key in KEYS if not key.name.startswith("digit")]
    assert [name for name in named if name not in shown.plain] == []


#: From here on they are pictures in a client's text.
EMOJI = "\U0001f000"

#: What draws lines, bars and keys, or is written in sentences.
NO_SIGNS = set("×·–—…←↑↓−─━▁▂▃▄▅▆█▉▊▋▌▍▎▏░▓□⏎⇥✗%›‹") | set("“”‘’„")


def drawn():
    """The signs in the texts of what is drawn: neither letters nor marks of a sentence."""
    folders = [Path(package.__path__[0]) for package in (screens, widgets, views)]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    files += [Path(module.__file__) for module in (intervals, next_proposal, client_time, repeat)]
    for path in files:
        if path.stem == "legend":
            continue
        tree = ast.parse(path.read_text())
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in docs:
                text = node.value if isinstance(node.value, str) else ""
                yield from (c for c in text if "\x7f" < c < EMOJI and category(c) in ("So", "Sm"))


@pytest.mark.slow
def test_every_sign_that_is_drawn_is_in_the_legend():
    found = set(drawn())
    assert len(found & SIGNS.keys()) > 12
    assert {c for c in found - NO_SIGNS if c.isprintable()} - SIGNS.keys() == set()
    assert [sign for sign in "●▹↷✆✎★◔◕◷!" if sign not in SIGNS] == []


def owners():
    """Every widget, screen and application of ours, those of modules loaded when wanted too."""
    for package in (screens, widgets):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    found = [DOMNode]
    for owner in found:
        found += owner.__subclasses__()
    return {owner for owner in found if owner.__module__.startswith("tickler.")}


def test_every_binding_has_an_id_a_description_and_a_tooltip():
    bindings = {owner: owner.__dict__.get("BINDINGS", ()) for owner in owners()}
    assert sum(map(len, bindings.values())) > 100
    for owner, own in bindings.items():
        assert all(b.id and b.description and b.tooltip for b in own), owner
