"""`g h` hands a pile to a colleague, `g b` brings it home after what it brings was shown."""

import pytest

from tickler.services import clients, filing, handover
from tickler.services.filing.log import Contact


@pytest.mark.slow
async def test_a_pile_goes_out_and_comes_home(rep, tmp_path, monkeypatch, open_desk):
    monkeypatch.chdir(tmp_path)
    acme = rep.desk.see(clients.find.the_one, "ACME")
    await rep.press("g", "h", "f.tickler", "enter", "today..wed")
    await rep.sees("Mon 23 Nov – Wed 25 Nov 2026: ")
    await rep.press("enter", "Tom", "enter")
    assert "Hand over" in rep.screen
    await rep.press("n")
    assert rep.value("#to") == "Tom"
    assert not (tmp_path / "f.tickler").exists()
    await rep.press("enter", "y")
    assert "handed to Tom" in rep.words("#status")
    assert rep.dossier("ACME").lent == "with Tom until Wed 25 Nov"
    tom = open_desk(tmp_path / "f.tickler", rep="Tom")
    tom.do(filing.log.log, acme, Contact("wants two"), "15.1.")
    for n in range(15):
        tom.do(filing.log.log, acme, Contact(f"line {n}"))
    rep.desk.do(filing.file.move, [acme], "20.1.")
    await rep.press("g", "b", "f.tickler", "enter")
    assert "wants two" in rep.screen
    assert "✓ yours   Wed 20 January 2027" in rep.screen
    assert "theirs or yours" in rep.screen  # the keys are seen below a long list, too
    await rep.press("t")
    assert "✓ theirs  Fri 15 January 2027" in rep.screen
    await rep.press("enter")
    assert "Tom worked 1 of" in rep.words("#status")
    assert rep.desk.see(clients.read.by_id, acme).next.on.isoformat() == "2027-01-15"
    assert "Tom worked 1 of" in rep.screen  # above today's pile, too
    assert rep.desk.see(handover.listed.listed)[0].back


@pytest.mark.slow
async def test_a_stand_in_sees_whose_pile_it_is(at_desk, sample_desk, tmp_path, open_desk):
    plan = sample_desk.see(handover.lend.plan, "today")
    sample_desk.see(handover.lend.write, plan, tmp_path / "f.tickler")
    async with at_desk(open_desk(tmp_path / "f.tickler", rep="Tom")) as tom:
        assert "for Rep · Mon 23 Nov" in tom.screen
