"""A name can be seen, and no two open dossiers have the same one unasked."""

import pytest

INVISIBLE = ["\u200b", "\u2800", "\u0301\u0302", "\u202e\u2066", "\u3164", " \u00a0\u2003"]


@pytest.mark.every(3)
@pytest.mark.parametrize("name", INVISIBLE)
def test_a_name_that_nobody_sees_is_refused_wherever_one_is_taken(shell, tmp_path, name):
    assert shell("add ACME --person Anna").code == 0
    assert shell("add", name).code == 2
    assert shell("edit ACME", f"name={name}").code == 2
    assert shell("person add ACME", name).code == 2
    cards = tmp_path / "a.vcf"
    cards.write_text(f"BEGIN:VCARD\nVERSION:4.0\nFN:{name}\nEND:VCARD\n", "utf-8")
    shell(f"import {cards} --yes")
    rows = tmp_path / "a.csv"
    rows.write_text(f"company;city\n{name};Bonn\nBolt;Köln\n", "utf-8")
    shell(f"import {rows} --yes")
    assert {each["name"] for each in shell("list --json").json} <= {"ACME", "Bolt"}


def test_a_name_of_letters_marks_and_signs_is_one(shell):
    for name in ("नमस्ते", "👩‍💻", "Ä\u0308", "محمد\u200c‌علی"):
        assert shell("add", name).code == 0


def test_an_edit_gives_no_dossier_the_name_of_another(shell):
    assert shell("add ACME").code == 0
    assert shell("add Bolt").code == 0
    refused = shell("edit Bolt name=acme")
    assert refused.code == 5
    assert "ACME is in the binder as #1" in refused.err
    assert shell("edit Bolt name=BOLT").code == 0
