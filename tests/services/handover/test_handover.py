"""A pile goes to a colleague and comes home: nothing of either side is lost."""

import contextlib
import io
import resource
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.formats.mutated import mutated
from tests.long_runs import many
from tickler.core.client.fields import NEW_PERSON, Edit, Spot
from tickler.core.contact.corrections import Fix
from tickler.core.contact.kinds import Kind, Outcome, Status
from tickler.core.filing.slots import NextContact
from tickler.errors import Busy, NotFound, Refused, TicklerError
from tickler.services import clients, filing, handover, papers
from tickler.services.filing.file import NewDossier
from tickler.services.filing.log import Contact

DAYS = "7.12...18.12."


@pytest.fixture
def lend(desk, tmp_path, open_desk):
    """Hands the pile over and opens it as Tom: `tom = lend()`."""

    def hand_over(**options) -> object:
        path = tmp_path / "pile.tickler"
        plan = desk.see(handover.lend.plan, DAYS, **options)
        given = desk.see(handover.lend.write, plan, path)
        desk.do(handover.lend.lend, plan, given)
        return open_desk(path, rep="Tom")

    return hand_over


@pytest.fixture
def bring(desk, tmp_path):
    """Brings the pile in: `done = bring()`."""

    def bring_in(**options):
        theirs = handover.their_file.read(tmp_path / "pile.tickler")
        return desk.do(handover.bring_in.bring_in, theirs, **options)

    return bring_in


def row(desk, key):
    return desk.see(clients.read.by_id, key)


def texts(desk, key):
    return [entry.text for entry in desk.see(clients.read.whole, key).entries]


def test_the_pile_is_what_is_planned_for_the_days(desk, add):
    add("Early", "4.12.")
    add("First", "7.12.")
    add("Last", "18.12.")
    add("Whole month", "december")
    add("Note", "9.12.", is_note=True)
    owed = add("Owed", "20.1.")
    desk.do(filing.slips.promise, owed, "drawings", "10.12.")
    desk.do(filing.file.close, add("Closed", "9.12."), Status.WON)
    plan = desk.see(handover.lend.plan, DAYS)
    assert [each.name for each in plan.rows] == ["First", "Last", "Owed"]
    assert [remark.code for remark in plan.remarks] == ["own-notes"]
    assert [each.name for each in desk.see(handover.lend.plan, "december").rows] == [
        "Whole month", "Early", "First", "Last", "Owed",
    ]  # fmt: skip


def test_late_ones_go_along_where_today_is_among_the_days(desk, add):
    add("Late", "2026-11-20")
    add("Today", "today")
    plan = desk.see(handover.lend.plan, "today..fri")
    assert [each.name for each in plan.rows] == ["Late", "Today"]
    assert [remark.code for remark in plan.remarks] == ["late"]


def test_a_dossier_goes_whole_with_the_same_ids(desk, add, lend):
    first, key = (
        add("Not asked", "1.3."),
        add("ACME", "8.12.", person="Anna Berg", phone="030 12345"),
    )
    other = desk.do(filing.file.add, NewDossier("Purchasing"), beside=key).after[0].id
    file = papers.attach.NewFile("offer.txt", io.BytesIO(b"ten"), 3)
    desk.do(papers.attach.attach_files, key, [file])
    desk.do(filing.log.log, key, Contact("asked for ten", outcome=Outcome.REACHED))
    tom = lend()
    there, here = tom.see(clients.read.whole, key), desk.see(clients.read.whole, key)
    assert (there.card, there.entries, there.attachments) == (
        here.card, here.entries, here.attachments,
    )  # fmt: skip
    assert there.row.reaches == here.row.reaches
    assert there.row.standing_in_for == "Rep"
    assert row(desk, key).lent == "with a colleague until Fri 18 Dec"
    assert not row(desk, other).lent
    for gone in (first, other):
        with pytest.raises(NotFound):
            row(tom, gone)
    new = tom.do(filing.file.add, NewDossier("Newco")).after[0].id
    assert new > other


@pytest.mark.slow
def test_what_the_colleague_did_comes_home_in_one_undo_step(desk, add, lend, bring):
    key = add("ACME", "8.12.", person="Anna Berg")
    before = desk.see(clients.read.whole, key)
    tom = lend(to="Tom")
    tom.do(filing.log.log, key, Contact("wants two", outcome=Outcome.NO_ANSWER), "15.1.")
    tom.do(filing.slips.promise, key, "drawings", "fri")
    file = papers.attach.NewFile("offer.txt", io.BytesIO(b"ten"), 3)
    tom.do(papers.attach.attach_files, key, [file])
    tom.do(clients.edit.edit, key, [Edit(Spot("city"), "Berlin")])
    new = tom.do(filing.file.add, NewDossier("Newco", person="Ida Ost"), "9.12.").after[0]
    done = bring()
    found = desk.see(clients.read.whole, key)
    assert found.row.next.on == date(2027, 1, 15)
    assert [slip.text for slip in found.row.slips] == ["drawings"]
    assert [(each.name, each.author) for each in found.attachments] == [("offer.txt", "Tom")]
    assert found.card.city == "Berlin"
    assert found.row.attempts == 1
    assert found.entries[-1].author == "Tom"
    assert found.row.owner == "Rep"
    assert [each.name for each in desk.see(clients.listing.listed)] == ["ACME", "Newco"]
    assert not found.row.lent
    assert done.receipt.text == "Tom worked 1 of 1, 1 new promise, 1 new dossier"
    assert desk.see(handover.listed.first_lines) == [done.receipt.text]
    assert new.name == "Newco"
    with_content = desk.see(papers.attach.attachments, key)[0]
    assert with_content.size == 3
    desk.do(filing.undo.undo)
    after = desk.see(clients.read.whole, key)
    assert (after.entries, after.card, after.attachments) == (
        before.entries, before.card, before.attachments,
    )  # fmt: skip
    assert after.row.next == before.row.next
    assert bring().receipt.change


def test_what_only_we_changed_stays_and_what_both_did_is_named(desk, add, lend, bring):
    key, other = add("ACME", "8.12."), add("Beck", "9.12.")
    tom = lend()
    desk.do(filing.file.move, [key, other], "20.1.", what="ours")
    tom.do(filing.file.move, [key], "14.12.")
    done = bring()
    (clash,) = done.clashes
    assert (clash.label, clash.kept, clash.left) == (
        "next contact", "Wed 20 January 2027", "Mon 14 December 2026",
    )  # fmt: skip
    assert row(desk, key).next.on == row(desk, other).next.on == date(2027, 1, 20)
    noted = "next contact: Tom had Mon 14 December 2026; kept: Wed 20 January 2027"
    assert noted in texts(desk, key)
    assert "" in texts(desk, key)  # their filing is in the history all the same


@pytest.mark.every(2)
@pytest.mark.parametrize("take", [handover.bring_in.ALL, {1}])
def test_theirs_is_taken_where_the_rep_says_so(desk, add, lend, bring, take):
    key = add("ACME", "8.12.")
    tom = lend()
    desk.do(filing.file.move, [key], "20.1.")
    tom.do(filing.file.move, [key], "14.12.")
    bring(take=take)
    assert row(desk, key).next.on == date(2026, 12, 14)
    noted = "next contact: here had Wed 20 January 2027; kept: Mon 14 December 2026"
    assert noted in texts(desk, key)


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("filed", "closed", "on"),
    [
        ({"typed": "14.12."}, False, date(2026, 12, 9)),
        ({"typed": "14.12. !"}, False, date(2026, 12, 14)),
        ({}, True, None),
    ],
)
def test_an_agreed_date_stays_unless_another_is_agreed(desk, add, lend, bring, filed, closed, on):
    key = add("ACME", "9.12. !")
    tom = lend()
    if closed:
        tom.do(filing.file.close, key, Status.LOST)
    else:
        tom.do(filing.file.move, [key], **filed)
    done = bring()
    assert row(desk, key).next.on == on
    assert bool(done.clashes) == (on == date(2026, 12, 9))


def test_an_agreed_date_that_is_over_gives_way(desk, add, lend, bring, clock):
    key = add("ACME", "9.12. 10:00")
    tom = lend()
    clock.now = clock.now.replace(month=12, day=21)
    tom.do(filing.log.log, key, Contact("met", kind=Kind.MEETING), "15.1.")
    assert not bring().clashes
    assert row(desk, key).next == NextContact(on=date(2027, 1, 15))


def test_the_same_on_both_sides_is_fine(desk, add, lend, bring):
    key = add("ACME", "8.12.", phone="030 12345")
    tom = lend()
    for side in (desk, tom):
        side.do(filing.file.move, [key], "14.12.")
        side.do(clients.edit.edit, key, [Edit(Spot("tags"), "crane")])
    assert not bring().clashes
    assert row(desk, key).tags == ("crane",)


@pytest.mark.slow
def test_a_second_time_changes_nothing_and_later_work_comes_alone(desk, add, lend, bring):
    key = add("ACME", "8.12.")
    tom = lend()
    tom.do(filing.log.log, key, Contact("first"))
    desk.do(filing.file.move, [key], "20.1.")
    tom.do(filing.file.move, [key], "14.12.")
    bring()
    before = desk.see(filing.undo.changes)
    again = bring()
    assert (again.receipt.change, again.news, again.clashes) == (None, (), ())
    assert desk.see(filing.undo.changes) == before
    tom.do(filing.log.log, key, Contact("second"))
    (news,) = bring().news
    assert [line.partition("call ")[2] for line in news.lines] == ["“second”"]
    assert texts(desk, key).count("first") == 1


@pytest.mark.slow
def test_what_was_forgotten_stays_away_and_what_was_merged_goes_to_the_other(
    desk, add, lend, bring
):
    gone, away, kept = add("Gone", "8.12."), add("Bauer", "9.12."), add("Bauer GmbH", "1.3.")
    tom = lend()
    for key in (gone, away):
        tom.do(filing.log.log, key, Contact(f"about {key}"))
    tom.do(filing.file.move, [away], "10.12.")
    plan = desk.see(clients.forget.plan, gone)
    desk.write_unjournaled(clients.forget.forget, plan, "Gone")
    desk.do(clients.merge.merge, desk.see(clients.merge.plan, kept, away))
    done = bring()
    assert "Gone is not in this binder any more" in done.receipt.warnings[0].text
    assert f"about {gone}" in done.receipt.warnings[0].text
    assert f"about {away}" in texts(desk, kept)
    assert [each.name for each in desk.see(clients.listing.listed)] == ["Bauer GmbH"]


def test_what_was_undone_there_is_not_brought(desk, add, lend, bring):
    key = add("ACME", "8.12.")
    tom = lend()
    tom.do(filing.log.log, key, Contact("a mistake"))
    tom.do(filing.undo.undo)
    bring()
    assert "a mistake" not in texts(desk, key)


def test_a_person_taken_off_goes_unless_we_wrote_of_them(desk, add, lend, bring):
    keys = [add(name, "8.12.", person="Anna Berg") for name in ("ACME", "Beck")]
    tom = lend()
    for key in keys:
        person = row(tom, key).people[0].id
        tom.do(clients.edit.edit, key, [Edit(Spot("name", person), "")])
    desk.do(filing.log.log, keys[1], Contact("hello", person="Anna Berg"))
    (clash,) = bring().clashes
    assert (clash.name, clash.label, clash.kept) == ("Beck", "Anna Berg", "still there")
    assert [len(row(desk, key).people) for key in keys] == [0, 1]


def test_clients_are_neither_merged_nor_forgotten_nor_handed_on_there(desk, add, lend):
    key, other = add("ACME", "8.12."), add("Beck", "9.12.")
    tom = lend()
    for question, args in (
        (clients.merge.plan, (key, other)),
        (clients.forget.plan, (key,)),
        (handover.lend.plan, (DAYS,)),
    ):
        with pytest.raises(Refused, match="pile of Rep"):
            tom.see(question, *args)


def test_nobody_writes_there_under_the_name_of_who_is_away(desk, add, lend, open_desk):
    key = add("ACME", "8.12.")
    tom = lend()
    anna = open_desk(tom.path, rep="Rep")
    with pytest.raises(Refused, match="pile of Rep"):
        anna.do(filing.log.log, key, Contact("by whom?"))
    tom.do(filing.log.log, key, Contact("by Tom"))
    with pytest.raises(NotFound, match="known: Tom"):
        open_desk(tom.path, rep="Eva").see(clients.listing.listed)


def test_only_a_pile_of_this_binder_is_brought_in(desk, add, lend, bring, open_desk, tmp_path):
    add("ACME", "8.12.")
    tom = lend()
    tom.close()
    other = open_desk(tmp_path / "other.db")
    other.do(filing.file.add, NewDossier("Somebody"))
    path = tmp_path / "pile.tickler"
    with pytest.raises(Refused, match="another binder"):
        other.do(handover.bring_in.bring_in, handover.their_file.read(path))
    other.close()
    with pytest.raises(Refused, match="not a pile that was handed over"):
        handover.their_file.read(tmp_path / "other.db")
    with pytest.raises(NotFound):
        handover.their_file.read(tmp_path / "none.tickler")
    (tmp_path / "text.tickler").write_text("not a database")
    with pytest.raises(Refused, match="not a tickler database"):
        handover.their_file.read(tmp_path / "text.tickler")


def _damaged(desk, path, seeds):
    whole = path.read_bytes()
    for seed in seeds:
        for old in path.parent.glob("damaged.tickler*"):
            old.unlink()
        damaged = path.with_name("damaged.tickler")
        damaged.write_bytes(mutated(whole, seed))
        with contextlib.suppress(TicklerError):
            theirs = handover.their_file.read(damaged)
            desk.rehearse(handover.bring_in.bring_in, theirs)


@pytest.mark.slow
def test_a_damaged_file_is_refused_or_read(desk, add, lend):
    key = add("ACME", "8.12.", person="Anna Berg")
    tom = lend()
    tom.do(filing.log.log, key, Contact("wants two"))
    tom.close()
    _damaged(desk, tom.path, range(30))


@pytest.mark.slow
def test_a_thousand_damaged_files_are_refused_or_read(desk, add, lend):
    test_a_damaged_file_is_refused_or_read(desk, add, lend)
    _damaged(desk, desk.path.parents[1] / "pile.tickler", range(30, many(1000)))


@pytest.mark.slow
def test_a_change_after_the_preview_is_busy(desk, add, lend, tmp_path):
    key = add("ACME", "8.12.")
    tom = lend()
    tom.do(filing.file.move, [key], "14.12.")
    theirs = handover.their_file.read(tmp_path / "pile.tickler")
    seen = desk.rehearse(handover.bring_in.bring_in, theirs)
    desk.do(filing.file.move, [key], "20.1.")
    with pytest.raises(Busy):
        desk.do(handover.bring_in.bring_in, theirs, seen=seen)


@pytest.mark.slow
def test_a_hand_over_that_was_undone_comes_home_all_the_same(desk, add, lend, bring):
    key = add("ACME", "8.12.")
    tom = lend()
    desk.do(filing.undo.undo)
    assert not row(desk, key).lent
    tom.do(filing.log.log, key, Contact("worked"))
    bring()
    assert "worked" in texts(desk, key)


def test_the_file_is_whole_or_not_there(desk, add, tmp_path):
    add("ACME", "8.12.")
    path = tmp_path / "pile.tickler"
    path.write_text("mine")
    plan = desk.see(handover.lend.plan, DAYS)
    with pytest.raises(Refused, match="exists"):
        desk.see(handover.lend.write, plan, path)
    assert path.read_text() == "mine"
    desk.see(handover.lend.write, plan, path, force=True)
    with sqlite3.connect(path) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    file.close()
    assert {each.name for each in Path(tmp_path).glob("*tickler*")} == {"pile.tickler"}


def test_a_full_disk_is_said_of_the_pile_and_leaves_nothing(desk, add, tmp_path):
    add("ACME", "8.12.")
    plan = desk.see(handover.lend.plan, DAYS)
    folder = tmp_path / "drive"
    folder.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**17, hard))
    try:
        with pytest.raises(TicklerError, match=r"no room for it \(.*f\.tickler\)"):
            desk.see(handover.lend.write, plan, folder / "f.tickler")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not [*folder.iterdir()]


@pytest.mark.slow
def test_what_was_handed_to_the_same_colleague_again_is_back_with_the_later_pile(
    desk, add, clock, tmp_path
):
    add("ACME", "8.12.")
    add("Beck", "14.12.")
    for days, name in ((DAYS, "first"), ("7.12...11.12.", "again")):
        plan = desk.see(handover.lend.plan, days, to="Tom")
        given = desk.see(handover.lend.write, plan, tmp_path / f"{name}.tickler")
        desk.do(handover.lend.lend, plan, given)
    desk.do(handover.bring_in.bring_in, handover.their_file.read(tmp_path / "again.tickler"))
    lent = {row.name: row.lent for row in desk.see(clients.listing.listed)}
    assert lent == {"ACME": "", "Beck": "with Tom until Fri 18 Dec"}
    clock.now += timedelta(days=30)
    said = desk.see(handover.listed.first_lines)
    assert "1 dossier is still with Tom: the days are over" in said


@pytest.mark.slow
def test_days_and_repeats_are_told_in_words(desk, add, lend, bring):
    acme = add("ACME", "8.12.")
    desk.do(filing.slips.promise, acme, "the offer", "9.12.")
    tom = lend()
    tom.do(filing.slips.postpone, tom.see(filing.slips.open_slips)[0].slip.id, "11.12.")
    tom.do(filing.log.log, acme, Contact("", outcome=Outcome.REACHED), every="6w")
    lines = bring().news[0].lines
    assert "promise “the offer”: due: Fri 11 Dec 2026" in lines
    assert "repeats: every 6 weeks" in lines


@pytest.mark.slow
def test_a_person_who_stays_keeps_the_numbers(desk, add, lend, bring):
    acme = add("ACME", "8.12.")
    desk.do(clients.edit.edit, acme, [
        Edit(Spot("name", NEW_PERSON), "Ida"), Edit(Spot("phone", NEW_PERSON), "030 1234")
    ])  # fmt: skip
    ida = row(desk, acme).people[0].id
    desk.do(filing.log.log, acme, Contact("hello", person="Ida"))
    tom = lend()
    tom.do(clients.edit.edit, acme, [Edit(Spot("name", ida), "")])
    desk.do(clients.edit.edit, acme, [Edit(Spot("position", ida), "Buyer")])
    done = bring()
    assert [(each.ours, each.theirs) for each in done.clashes] == [("still there", "removed")]
    (stays,) = row(desk, acme).people
    assert (stays.position, [reach.value for reach in stays.reaches]) == ("Buyer", ["030 1234"])
    assert "Ida" in [entry.person for entry in desk.see(clients.read.whole, acme).entries]


@pytest.mark.slow
def test_what_is_about_a_line_or_person_erased_at_home_stays_away(desk, add, lend, bring):
    key = add("ACME", "8.12.", person="Anna Berg")
    desk.do(filing.log.log, key, Contact("a secret", outcome=Outcome.REACHED))
    tom = lend()
    line = tom.see(clients.read.whole, key).entries[0].id
    tom.do(filing.correct.correct, line, Fix(text="a bigger secret"))
    anna = Spot("phone", row(tom, key).people[0].id)
    tom.do(clients.edit.edit, key, [Edit(anna, "030 7654321")])
    plan = desk.see(clients.forget_part.plan_line, key, line)
    desk.write_unjournaled(clients.forget_part.forget_part, plan)
    plan = desk.see(clients.forget_part.plan_person, key, "Anna Berg")
    desk.write_unjournaled(clients.forget_part.forget_part, plan)
    done = bring()
    view = desk.see(clients.read.whole, key)
    assert "secret" not in repr(view)
    assert not view.row.people
    assert not view.row.reaches, "the number of somebody who was erased is nobody's"
    assert done.receipt
