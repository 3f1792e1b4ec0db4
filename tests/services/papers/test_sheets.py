"""Filled forms: kept with the questions of their version, corrected, undone, exported."""

import pytest

from tickler.core.client.answers import AnswerKind
from tickler.core.client.forms import FormQuestion, FormTemplate, questions_of
from tickler.errors import Busy, NotFound, Unreadable
from tickler.services import clients, filing, papers

SIZE = FormQuestion("size", "How big?", AnswerKind.CHOICE, ("small", "large"))
VISIT = FormTemplate("visit", "Site visit", 1, (
    FormQuestion("who", "Who was there?", required=True),
    SIZE,
    FormQuestion("height", "How high?", AnswerKind.NUMBER),
    FormQuestion("again", "When again?", AnswerKind.DATE),
))  # fmt: skip
LATER = FormTemplate("visit", "Visit", 2, (
    FormQuestion("why", "Why?"),
    FormQuestion("who", "Who did you meet?", required=True),
))  # fmt: skip


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    """The folder of the rep's own forms; there is none yet."""
    monkeypatch.setenv("TICKLER_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path / "forms"


@pytest.fixture
def acme(add):
    return add("ACME", "fri")


def filled(desk, key):
    return desk.see(papers.sheets.of_dossier, key)


def summary(desk):
    return desk.see(filing.undo.changes)[0].summary


def test_a_sheet_keeps_its_answers_in_one_way_and_its_questions(desk, acme):
    given = {"who": " Anna [red]Berg", "height": "7,5", "again": "fri", "size": "L"}
    done = desk.do(papers.sheets.fill, acme, VISIT, given)
    assert done.text == "ACME: Site visit filled in, sheet #1"
    assert done.action == "form"
    (sheet,) = filled(desk, acme)
    assert sheet.answers == {
        "who": "Anna [red]Berg", "size": "large", "height": "7.5", "again": "2026-11-27",
    }  # fmt: skip
    assert (sheet.form, sheet.version, sheet.title, sheet.author) == (
        "visit",
        1,
        "Site visit",
        "Rep",
    )
    assert questions_of(sheet.asked) == VISIT.questions
    assert desk.see(clients.read.whole, acme).sheets == (sheet,)


def test_filling_in_moves_nothing_and_is_no_contact(desk, acme):
    before = desk.see(clients.read.whole, acme)
    desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna"})
    after = desk.see(clients.read.whole, acme)
    assert (after.row, after.entries) == (before.row, before.entries)


def test_what_is_missing_or_wrong_leaves_nothing_behind(desk, acme):
    with pytest.raises(Unreadable, match="who needs an answer"):
        desk.do(papers.sheets.fill, acme, VISIT, {"size": "small"})
    with pytest.raises(Unreadable, match="height: “high” is not a number"):
        desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna", "height": "high"})
    with pytest.raises(NotFound, match="there is no dossier #7"):
        desk.do(papers.sheets.fill, 7, VISIT, {"who": "Anna"})
    assert filled(desk, acme) == ()
    assert len(desk.see(filing.undo.changes)) == 1


def test_control_characters_become_blanks_with_a_warning(desk, acme):
    done = desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna\x1b[31m"})
    assert [w.text for w in done.warnings] == ["who: control characters became spaces"]
    assert filled(desk, acme)[0].answers == {"who": "Anna [31m"}


def test_filling_in_is_undone_and_redone(desk, acme):
    desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna", "size": "small"})
    was = filled(desk, acme)
    desk.do(filing.undo.undo)
    assert filled(desk, acme) == ()
    desk.do(filing.undo.redo)
    assert filled(desk, acme) == was


def test_a_sheet_is_corrected_by_the_questions_of_its_day(desk, acme):
    desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna", "size": "small"})
    was = filled(desk, acme)
    done = desk.do(papers.sheets.correct, 1, {"size": "", "height": "4"})
    assert done.text == "ACME: Site visit, sheet #1: size, height changed"
    now = filled(desk, acme)
    assert now[0].answers == {"who": "Anna", "height": "4"}
    assert (now[0].at, now[0].version) == (was[0].at, 1)
    desk.do(filing.undo.undo)
    assert filled(desk, acme) == was
    desk.do(filing.undo.redo)
    assert filled(desk, acme) == now


def test_correcting_nothing_is_no_change(desk, acme):
    desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna"})
    assert desk.do(papers.sheets.correct, 1, {"who": "Anna"}).text.endswith("nothing changed")
    assert summary(desk) == "ACME: Site visit filled in, sheet #1"


def test_a_needed_answer_cannot_be_taken_away(desk, acme):
    desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna"})
    with pytest.raises(Unreadable, match="who needs an answer"):
        desk.do(papers.sheets.correct, 1, {"who": " "})
    with pytest.raises(NotFound, match="no question has the key “why”"):
        desk.do(papers.sheets.correct, 1, {"why": "x"})
    with pytest.raises(NotFound, match="there is no sheet #9"):
        desk.do(papers.sheets.correct, 9, {"who": "x"})


def test_what_another_program_wrote_meanwhile_is_not_written_over(desk, acme):
    desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna", "size": "small"})
    seen = filled(desk, acme)[0].answers
    desk.do(papers.sheets.correct, 1, {"who": "Ida"})
    with pytest.raises(Busy, match="“Who was there\\?” was changed meanwhile, to “Ida”"):
        desk.do(papers.sheets.correct, 1, {"who": "Olga"}, was=seen)
    desk.do(papers.sheets.correct, 1, {"size": "large"}, was=seen)
    assert filled(desk, acme)[0].answers == {"who": "Ida", "size": "large"}


def test_a_sheet_is_taken_out_and_comes_back(desk, acme):
    desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna"})
    was = filled(desk, acme)
    assert desk.do(papers.sheets.remove, 1).text == "ACME: Site visit, sheet #1 removed"
    assert filled(desk, acme) == ()
    desk.do(filing.undo.undo)
    assert filled(desk, acme) == was


def test_a_sheet_is_looked_for_in_its_own_dossier(desk, acme, add):
    other = add("Bauer")
    desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna"})
    assert desk.see(papers.sheets.one_of, acme, 1).answers == {"who": "Anna"}
    with pytest.raises(NotFound, match="Bauer has no sheet #1; there is none"):
        desk.see(papers.sheets.one_of, other, 1)
    with pytest.raises(NotFound, match="ACME has no sheet #2; there is #1"):
        desk.see(papers.sheets.one_of, acme, 2)


def test_an_export_has_every_question_of_every_version(desk, acme, add, clock):
    other = add("=SUM(A1)")
    desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna", "size": "small"})
    clock.now = clock.now.replace(day=24)
    desk.do(papers.sheets.fill, other, LATER, {"who": "Ida", "why": '+49, "new"'})
    found = desk.see(papers.sheets.export, "VISIT", LATER)
    assert found.columns == (
        "id", "name", "date", "author", "version",
        "Why?", "Who did you meet?", "How big?", "How high?", "When again?",
    )  # fmt: skip
    assert found.rows == (
        ("2", "=SUM(A1)", "2026-11-24", "Rep", "2", '+49, "new"', "Ida", "", "", ""),
        ("1", "ACME", "2026-11-23", "Rep", "1", "", "Anna", "small", "", ""),
    )
    assert desk.see(papers.sheets.export, "visit").columns[5:7] == ("Why?", "Who did you meet?")
    assert desk.see(papers.sheets.export, "none") == papers.sheets.Exported(
        papers.sheets.COLUMNS, (), ()
    )


def test_questions_that_ask_the_same_are_told_apart_by_their_keys(desk):
    twins = FormTemplate("t", "T", 1, (FormQuestion("a", "Who?"), FormQuestion("b", "Who?"), SIZE))
    found = desk.see(papers.sheets.export, "t", twins)
    assert found.columns[5:] == ("Who? (a)", "Who? (b)", "How big?")


def test_how_often_each_form_is_filled_in(desk, acme):
    assert desk.see(papers.sheets.counts) == {}
    desk.do(papers.sheets.fill, acme, VISIT, {"who": "Anna"})
    desk.do(papers.sheets.fill, acme, LATER, {"who": "Anna"})
    assert desk.see(papers.sheets.counts) == {"visit": 2}


def test_the_forms_that_ship_are_known():
    assert [(f.name, f.own, f.fault) for f in papers.forms.known()] == [
        ("first-call", False, ""), ("meeting-minutes", False, ""), ("needs", False, ""),
    ]  # fmt: skip
    assert (
        papers.forms.named("first").title == papers.forms.named("FIRST CALL").title == "First call"
    )


def test_an_own_form_goes_before_one_that_ships(own):
    own.mkdir()
    (own / "Needs.toml").write_text('title = "Bedarf"\n[[question]]\nask = "Was?"\n', "utf-8")
    assert papers.forms.named("needs").title == "Bedarf"
    assert papers.forms.called("needs", papers.forms.known()).own


def test_an_own_form_that_is_wrong_is_not_passed_over_for_the_one_that_ships(own):
    own.mkdir()
    (own / "needs.toml").write_text("title = \n")
    with pytest.raises(Unreadable, match=r"needs\.toml:1: this cannot be read as TOML"):
        papers.forms.named("needs")


def test_what_is_no_form_file_is_said_or_left_alone(own):
    own.mkdir()
    (own / "folder.toml").mkdir()
    (own / ".hidden.toml").write_text("x")
    (own / "notes.txt").write_text("x")
    (own / "gone.toml").symlink_to(own / "nowhere")
    faults = {each.name: each.fault for each in papers.forms.known() if each.own}
    assert set(faults) == {"folder", "gone"}
    assert "not an ordinary file" in faults["folder"]
    assert "there is no such file" in faults["gone"]


def test_a_form_is_called_by_a_name_that_is_clear():
    with pytest.raises(NotFound, match="there is no form “x”; there are first-call, meeting"):
        papers.forms.named("x")
    with pytest.raises(NotFound):
        papers.forms.named("")


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".x", "-x", "a b", "x\n", "é" * 65, "a.b"])
def test_what_cannot_be_a_name_is_refused(name):
    with pytest.raises(Unreadable, match="is not a name for a form"):
        papers.forms.path_of_new(name)
