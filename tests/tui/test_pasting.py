"""What is pasted: several lines into one become one, and nothing in it moves the terminal."""

import pytest
from textual import events
from textual.widgets import Input, Static

from tests.tui.conftest import settled

TEXT = "\x1b[31mone\r\n\ntwo\u202e\x07"


async def paste(rep, text):
    rep.app.post_message(events.Paste(text))
    await settled(rep.pilot)


#: Fields of forms, of dialogs and of screens, the palette's and the filter's.
FIELDS = ("m", "/", "\\", "g o a", "ctrl+r", "enter e", "T m", "ctrl+p")


@pytest.mark.slow
async def test_several_lines_become_one_and_that_is_said(rep):
    for keys in FIELDS:
        await rep.type_ahead(*keys.split())
        field = rep.app.screen.focused
        assert isinstance(field, Input), keys
        field.value = ""
        await settled(rep.pilot)
        await paste(rep, TEXT)
        assert field.value == "[31mone two", keys
        lines = [line for screen in rep.app.screen_stack for line in screen.query(Static)]
        assert any(str(line.render()) == "2 lines became one" for line in lines), keys
        rep.app.say("")
        await rep.type_ahead("escape", "escape")
    assert rep.in_hand == "ACME"


@pytest.mark.slow
async def test_a_text_of_several_lines_keeps_them(rep):
    await rep.type_ahead("l", "r")
    await paste(rep, TEXT)
    assert rep.value("#said") == " [31mone\n\ntwo "


@pytest.mark.slow
async def test_a_client_pasted_into_the_name_is_filled_in_with_enter(rep):
    await rep.press("n")
    await paste(rep, "Neu & Co\nTel: 030 123456\ninfo@neu.example\n")
    assert rep.value("#name") == "Neu & Co Tel: 030 123456 info@neu.example"
    assert "Enter fills in Neu & Co · 030 123456 · info@neu.example" in rep.form
    await rep.press("enter")
    assert (rep.value("#name"), rep.value("#phone")) == ("Neu & Co", "030 123456")
    assert "mail info@neu.example" in rep.form
    await rep.type_ahead("first", "escape", "n", "enter", "fri", "enter")
    made = rep.dossier("Neu & Co")
    assert (made.phone, made.email, made.what) == ("030 123456", "info@neu.example", "first")
    # Whoever types on keeps the one line.
    await rep.press("n")
    await paste(rep, "Alt AG\n030 99")
    await rep.type_ahead("!", "enter")
    assert rep.value("#name") == "Alt AG 030 99!"
    assert rep.value("#phone") == ""
