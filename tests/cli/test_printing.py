"""Dossiers, piles, inserts and the review on paper, as a rep types it."""

import stat
import sys

import pypdf
import pytest

from tickler.system import programs


def words(path):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def pages(path):
    return len(pypdf.PdfReader(path).pages)


@pytest.fixture
def client(already):
    already(
        "add ACME fri 14:30 --kind meeting --what '3 cranes, price' --phone '030 1234567'",
        "add 'Łódź [red] <b>' december",
        "person add ACME 'Anna Berg' decides=yes position=Purchasing 'phone=030 1234568'",
        "person add ACME 'Uwe Martens' 'notes=likes tea'",
        "edit ACME tags=crane city=Berlin",
        "promise ACME the offer --by wed",
        "log ACME --kind complaint -- 'hall 3 squeaks'",
        "form fill ACME first-call 'spoke-to=Anna Berg' warmth=hot",
    )


@pytest.mark.slow
@pytest.mark.usefixtures("client")
def test_a_dossier_to_take_along(shell, tmp_path):
    path = tmp_path / "acme.pdf"
    answer = shell(f"print acme --out {path}")
    assert (answer.out, answer.err, answer.code) == ("", f"wrote {path}\n", 0)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    found = words(path)
    order = (
        "ACME", "Fri 27 November 2026 14:30", "agreed", "meeting: 3 cranes, price",
        "complaint", "hall 3 squeaks", "owed", "the offer", "Anna Berg", "decides", "Purchasing",
        "Uwe Martens", "likes tea", "Berlin", "2 entries", "FIRST CALL", "Who did you speak to?",
        "hot", "1 / ",
    )  # fmt: skip
    for text in order:
        assert text in found, text
    assert [found.index(text) for text in order[1:10]] == sorted(map(found.index, order[1:10]))
    before = path.read_bytes()
    assert shell(f"print acme --out {path}").code == 5
    assert shell(f"print acme --out {path} --force").code == 0
    assert path.read_bytes() == before


@pytest.mark.usefixtures("client")
def test_several_by_name_id_or_filter_each_once_and_on_its_own_page(shell, tmp_path):
    path = tmp_path / "two.pdf"
    assert shell(f"print 2 acme '#2' --out {path} --paper letter").code == 0
    read = pypdf.PdfReader(path)
    heads = [page.extract_text().splitlines()[0] for page in read.pages]
    assert [head.split(" Mon")[0] for head in heads] == sorted(
        [head.split(" Mon")[0] for head in heads], reverse=True
    )
    assert {head.split(" Mon")[0] for head in heads} == {"ACME", "Łódź [red] <b>"}
    assert shell(f"print tag:crane --out {path} --force").code == 0
    assert "ACME" in words(path) and "Łódź" not in words(path)
    both = shell("print 2 tag:crane city:Berlin").out
    assert both.index("<h1>Łódź") < both.index("<h1>ACME")
    folder = shell(f"print 1 2 --out {tmp_path}")
    assert folder.err == f"wrote {tmp_path}/2 dossiers.html\n"
    piped = shell("print 2")
    assert piped.out == shell("print dossier 2").out
    assert piped.out.startswith("<!doctype html>") and piped.out.endswith("</html>\n")
    assert "<h1>Łódź [red] &lt;b&gt;</h1>" in piped.out


@pytest.mark.usefixtures("client")
def test_a_pile_with_boxes_has_the_numbers_that_enter_reads(shell, tmp_path):
    shell("add Bauer today")
    for name in ("pile.pdf", "pile.html"):
        path = tmp_path / name
        assert shell(f"print pile --out {path}").err == f"wrote {path}\n"
    found = words(tmp_path / "pile.pdf")
    for text in ("Mon 23 November 2026", "Bauer", "no-answer", "next", "1 / 1", "In the evening"):
        assert text in found
    evening = tmp_path / "evening.txt"
    evening.write_text("2 no-answer +2b\n")
    assert shell(f"enter {evening} --yes").code == 0
    assert shell("show bauer --json").json["next_on"] == "2026-11-25"
    empty = shell(f"print pile 9 --out {tmp_path / 'none.pdf'}")
    assert (empty.err.splitlines()[-1], empty.code) == ("nothing is there", 0)
    assert "nothing is there" in words(tmp_path / "none.pdf")


@pytest.mark.slow
def test_the_sheets_of_a_binder_of_paper(shell, tmp_path, monkeypatch):
    shell("add ACME today")
    path = tmp_path / "inserts.pdf"
    assert shell(f"print inserts --out {path}").code == 0
    assert pages(path) == 43
    assert words(path).split()[:6] == ["1", "1", "2", "2", "3", "3"]
    assert "December" in words(path)
    settings = tmp_path / "dated.toml"
    settings.write_text('language = "de"\nlayout = "dates"\nmonths_ahead = 1\n')
    monkeypatch.setenv("TICKLER_CONFIG", str(settings))
    assert shell(f"print inserts --out {path} --force").code == 0
    found = words(path)
    assert "Montag" in found and "November 2026" in found and "Dezember" in found
    assert "Sonntag" not in found
    assert pages(path) == 6 + 23 + 12


@pytest.mark.slow
@pytest.mark.usefixtures("client")
def test_inserts_and_review(shell, tmp_path):
    path = tmp_path / "slots.pdf"
    shell("add Late 20.11. --kind call")
    assert shell(f"print slots --out {path}").code == 0
    assert pages(path) == 1
    count = len(shell("list --json").json)
    assert f"{count} dossiers" in words(path)  # what is late lies on today's pile, too
    for text in ("Fri 27 Nov 2026", "of 20", "day off", "December", "inbox", "cabinet"):
        assert text in words(path)
    review = tmp_path / "review.pdf"
    assert shell(f"print review --out {review}").code == 0
    for text in ("Review · Mon 23 November 2026", "complaints", "From the first call", "CONTACTS"):
        assert text.casefold().replace(" ", "") in words(review).casefold().replace(" ", "")
    assert shell(f"print review tomorrow --out {review}").code == 2


@pytest.mark.usefixtures("client")
def test_open_shows_a_private_copy_or_the_file(shell, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(programs, "start", lambda what, *_, **__: opened.append(what))
    assert shell("print acme --open").code == 0
    assert opened[0].endswith("/ACME.html")
    path = tmp_path / "pile.pdf"
    assert shell(f"print pile --open --out {path}").code == 0
    assert opened[1] == str(path)


def test_what_is_in_a_file_can_be_entered_though_nothing_opens_it(shell, tmp_path, monkeypatch):
    shell("add ACME today")
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = shell(f"print pile --open --out {tmp_path / 'pile.html'}")
    assert (answer.code, (tmp_path / "pile.html").exists()) == (1, True)
    assert "there is no program here that opens files" in answer.err
    (tmp_path / "evening.txt").write_text("1 no-answer +2b\n")
    assert shell(f"enter {tmp_path / 'evening.txt'} --yes").code == 0


@pytest.mark.every(3)
@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(
    ("line", "code", "why"),
    [
        ("print", 2, "Missing command"),
        ("print nobody", 3, "no dossier is called “nobody”"),
        ("print friday", 3, "`tickler print pile friday` prints a pile"),
        ("print tag:none", 3, "no open dossier is meant"),
        ("print a --out x.pdf", 0, "wrote"),
        ("print acme --out x.doc", 2, "pages are HTML or PDF: name the file x.html or x.pdf"),
        ("print acme --out none/x.pdf", 3, "there is no such folder"),
        ("print acme --paper a3", 2, "--paper takes one of a4, letter"),
        ("print pile --paper a3 --out x.txt", 2, "--paper takes one of a4, letter"),
        ("print acme --force", 2, "--force goes with --out"),
        ("print slots --out /proc/x.html", 1, "cannot write the file"),
    ],
)
def test_what_cannot_be_printed_is_said(shell, line, code, why, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = shell(line)
    assert (answer.code, answer.out) == (code, "")
    assert why in answer.err


@pytest.mark.usefixtures("client")
def test_on_a_terminal_it_asks_where_to(shell, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    answer = shell("print acme")
    assert (answer.code, answer.out) == (2, "")
    assert "--out 'ACME.pdf' writes it" in answer.err


@pytest.mark.usefixtures("client")
def test_without_the_part_for_pdf_nothing_is_written(shell, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    path = tmp_path / "x.pdf"
    answer = shell(f"print acme --out {path}")
    assert (answer.code, path.exists()) == (5, False)
    assert "pip install 'tickler[pdf]'" in answer.err
    assert shell(f"print acme --out {tmp_path / 'x.html'}").code == 0
