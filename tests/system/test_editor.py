"""A text in the rep's own editor: what comes back, what does not, and where it is kept."""

import os
import stat
import tempfile

import pytest

from tickler.errors import Busy, Refused, TicklerError, Unreadable
from tickler.formats.dossier_text import Mistake, Mistaken
from tickler.system.editor import EditorFile


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """An editor that does these lines of shell each time it is opened, the file being $1."""
    place = tmp_path / "papers"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))

    def write(*lines, at=tmp_path / "editor"):
        at.write_text(
            "\n".join(["#!/bin/sh", 'cp "$1" "$0.saw$(ls "$0".saw* 2>&- | wc -l)"', *lines])
        )
        at.chmod(0o700)
        return {"EDITOR": f"sh '{at}'"}

    return write


@pytest.fixture
def papers(tmp_path):
    """What is left of papers: files, and folders that are empty."""

    def left():
        found = (tmp_path / "papers").rglob("*")
        return [each for each in found if each.is_file() or not any(each.iterdir())]

    return left


def reading(text):
    if "wrong" in text:
        line = text[: text.index("wrong")].count("\n") + 1
        raise Mistaken([Mistake(line, "this is wrong")])
    return text.upper()


def edited(environment):
    """What comes of a paper with `old` on it."""
    with EditorFile("old\n") as paper:
        return paper.edited(reading, environment)


def test_what_was_typed_is_read_and_the_file_is_gone(editor, papers):
    environment = editor('stat -c %a "$1" >&2', 'echo "new" > "$1"')
    with EditorFile("old\n") as paper:
        (file,) = papers()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert file.name.endswith(".toml")
        assert paper.edited(reading, environment) == "NEW\n"
    assert papers() == []


@pytest.mark.parametrize("does", ["true", ': > "$1"', 'printf " \\n" > "$1"', 'rm "$1"'])
def test_saved_as_it_is_or_emptied_it_says_nothing(editor, papers, does):
    assert edited(editor(does)) is None
    assert papers() == []


def test_a_mistake_opens_it_again_with_the_mistake_above(editor, papers, tmp_path):
    environment = editor(
        'if grep -q wrong "$1"; then sed -i s/wrong/right/ "$1"; else echo wrong >> "$1"; fi'
    )
    assert edited(environment) == "OLD\nRIGHT\n"
    assert (tmp_path / "editor.saw1").read_text() == "#! line 3: this is wrong\nold\nwrong\n"


def test_mistakes_left_as_they_are_give_up_and_the_text_is_kept(editor, papers):
    environment = editor('grep -q wrong "$1" || echo wrong >> "$1"')
    with pytest.raises(Refused, match="the mistakes are still there; what you typed is kept") as no:
        edited(environment)
    (file,) = papers()
    assert str(file) in no.value.sentence
    assert file.read_text() == "#! line 3: this is wrong\nold\nwrong\n"


def test_a_mistake_taken_back_changes_nothing(editor, papers):
    environment = editor(
        'if grep -q wrong "$1"; then sed -i /wrong/d "$1"; else echo wrong >> "$1"; fi'
    )
    assert edited(environment) is None
    assert papers() == []


def test_what_cannot_be_kept_stays_in_a_file(editor, papers):
    kept = "changed meanwhile; what you typed is kept in "
    with pytest.raises(Busy, match=kept), EditorFile("old\n") as paper:
        paper.edited(reading, editor('echo new > "$1"'))
        raise Busy("changed meanwhile")
    (file,) = papers()
    assert file.read_text() == "new\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_an_editor_leaves_next_to_it_is_gone_too(editor, papers):
    assert edited(editor('cp "$1" "$1~"', 'echo new > "$1"')) == "NEW\n"
    assert papers() == []


def test_nothing_is_written_or_read_through_a_link_or_a_pipe(editor, papers, tmp_path):
    (tmp_path / "mine").write_text("wrong\n")
    with pytest.raises(Refused, match="this is a link"):
        edited(editor(f'ln -sf {tmp_path / "mine"} "$1"'))
    assert (tmp_path / "mine").read_text() == "wrong\n"
    with pytest.raises(TicklerError, match="not an ordinary file"):
        edited(editor('rm "$1"; mkfifo "$1"'))


def test_an_editor_may_have_options_and_nothing_of_it_is_a_shells(editor, tmp_path):
    editor('echo "$*" > "$0.words"', at=tmp_path / "ed")
    with pytest.raises(TicklerError, match="cannot be started"):
        edited({"EDITOR": f"{tmp_path / 'ed'};touch {tmp_path / 'owned'}"})
    edited({"EDITOR": f"'{tmp_path / 'ed'}' -f '$(touch {tmp_path / 'owned'})'"})
    assert (tmp_path / "ed.words").read_text().startswith("-f $(touch ")
    assert not (tmp_path / "owned").exists()


def test_an_editor_that_fails_changes_nothing(editor, papers):
    with pytest.raises(Refused, match=r"the editor ended with 3: nothing was changed$"):
        edited(editor("exit 3"))
    assert papers() == []
    with pytest.raises(Refused, match="ended with 3: nothing was changed; what you typed is kept"):
        edited(editor('echo new > "$1"', "exit 3"))


@pytest.mark.parametrize(
    ("environment", "fault", "said"),
    [
        ({"EDITOR": "no-such-editor"}, TicklerError, "“no-such-editor” cannot be started: No such"),
        ({"EDITOR": "false", "VISUAL": "no-such"}, TicklerError, "“no-such” cannot be started"),
        ({"EDITOR": "'vi"}, Unreadable, "a quote is missing"),
        ({"VISUAL": " ", "EDITOR": "''"}, TicklerError, "cannot be started"),
    ],
)
def test_an_editor_that_is_none_is_said(papers, editor, environment, fault, said):
    with pytest.raises(fault, match=said):
        edited(environment)
    assert papers() == []


def test_without_a_name_the_usual_editor_is_opened(editor, papers, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    (tmp_path / "bin").mkdir()
    editor('echo by vi > "$1"', at=tmp_path / "bin" / "vi")
    assert edited({}) == "BY VI\n"
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TicklerError, match="there is no editor: EDITOR names one"):
        edited({"EDITOR": ""})


def test_what_is_no_utf_8_is_said_and_kept(editor, papers):
    with pytest.raises(Unreadable, match=r"line 2: this is not UTF-8; .*kept in"):
        edited(editor("printf 'a\\nb\\377' > \"$1\""))
    assert len(papers()) == 1


def test_where_no_file_can_be_made_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(TicklerError, match="the text cannot be written: No such file"):
        edited({"EDITOR": "true"})
