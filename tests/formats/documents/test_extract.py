"""What can be searched in a file: every kind that is read, and files built to do harm."""

import io
import time
import zipfile

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import documents
from tickler.formats.documents import extract, office
from tickler.formats.documents.extract import LONGEST, ExtractedText, text_of


def read(name, data):
    return text_of(name, io.BytesIO(data))


@pytest.fixture
def looked_into(tmp_path):
    """The text of a file with this name and content."""

    def look(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        with path.open("rb") as source:
            return text_of(name, source)

    return look


@pytest.mark.parametrize(
    "data",
    [
        "Größe\nzwei".encode(),
        "Größe\nzwei".encode("cp1252"),
        "Größe\nzwei".encode("utf-8-sig"),
        "Größe\nzwei".encode("utf-16"),
        "Größe\nzwei".encode("utf-16-le"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.MD", "a.csv"])
def test_plain_text_is_read_in_any_encoding(name, data):
    assert read(name, data) == ExtractedText("Größe\nzwei")


def test_what_no_database_takes_is_replaced():
    assert read("a.txt", b"a\0b\xff").text == "a�b�"


def test_nothing_is_a_text_too():
    assert read("a.txt", b"") == ExtractedText("")


def test_other_files_are_not_looked_into():
    assert read("a.dwg", b"text") == read("a", b"text") == ExtractedText(None)


@pytest.mark.every(2)
@pytest.mark.parametrize("letter", ["a", "ü", "€"])
def test_a_long_text_is_cut_and_says_so(letter):
    line = letter * 99 + "\n"
    found = read("a.txt", line.encode() * 30_000)
    assert found.text == (line * 10_000)[:LONGEST]
    assert found.why == "only its first 1,000,000 characters can be searched"


def test_a_web_page_gives_what_it_shows(looked_into):
    page = (
        "<html><head><title>Kräne</title><style>p{}</style><script>run('x')</script></head>"
        "<body><h1>Hallen&shy;kran</h1><p>5&nbsp;t <b>Trag</b>last<br>ab <!-- no -->Lager</body>"
    )
    assert (
        looked_into("a.html", page.encode()).text == "Kräne\nHallen\xadkran\n5 t Traglast\nab Lager"
    )


def test_a_mail_gives_its_subject_people_and_body(looked_into):
    mail = (
        "Subject: =?utf-8?q?Gr=C3=B6=C3=9Fe?=\nFrom: Anna <a@acme.example>\nTo: rita@x.example\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=iso-8859-1\n\nder Träger\n"
    )
    text = looked_into("a.eml", mail.encode("latin-1")).text
    assert text.splitlines() == [
        "Größe", "Anna <a@acme.example>", "rita@x.example", "der Träger",
    ]  # fmt: skip


def test_a_mail_of_html_alone_is_read_too(looked_into):
    mail = b"Subject: x\nContent-Type: text/html; charset=utf-8\n\n<p>offer <b>5</b></p>"
    assert looked_into("a.eml", mail).text.splitlines()[-1].strip() == "offer 5"


@pytest.mark.slow
def test_documents_are_read(looked_into):
    assert looked_into("a.pdf", documents.pdf("Hello crane", pages=2)).text == (
        "Hello crane\nHello crane"
    )
    assert looked_into("a.docx", documents.word("Träger", "zwei", cell="in a cell")).text.split(
        "\n"
    )[:3] == ["Träger", "zwei", "in a cell"]
    assert looked_into("a.xlsx", documents.workbook(["Teil", 12.5, None, "Träger"])).text == (
        "Sheet\nTeil\t12.5\tTräger"
    )


NO_DOCUMENT = (b"", b"text", b"PK\x03\x04", b"%PDF-1.7\n%%EOF", b"\xff" * 999)


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("name", "data"), [*zip(["a.pdf", "a.docx", "a.xlsx"], NO_DOCUMENT[1:4], strict=True)]
)
def test_what_is_no_document_is_said_to_be_none(looked_into, name, data):
    kind = name.partition(".")[2]
    assert looked_into(name, data) == ExtractedText(None, f"it is damaged, or not a {kind} file")


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
@pytest.mark.parametrize("data", NO_DOCUMENT)
def test_what_is_no_document_ends_its_reader(kind, data):
    reader = office.READERS[f".{kind}"]
    with pytest.raises((pypdf.errors.PyPdfError, zipfile.BadZipFile)):
        [*reader(io.BytesIO(data))]


@pytest.mark.slow
def test_locked_documents_say_so(looked_into):
    writer, locked = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(locked)
    said = ExtractedText(None, "it is locked with a password")
    assert looked_into("a.pdf", locked.getvalue()) == said
    old_form = b"\xd0\xcf\x11\xe0" + bytes(500)
    assert looked_into("a.docx", old_form) == looked_into("a.xlsx", old_form) == said


@pytest.mark.slow
def test_what_unpacks_to_more_than_a_document_is_is_left_alone(looked_into):
    data = documents.bomb(office.UNPACKED + 2**20)
    assert len(data) < 2**20
    started = time.monotonic()
    assert looked_into("a.docx", data).text is None
    assert time.monotonic() - started < extract.PATIENCE


def test_what_takes_too_long_is_given_up(looked_into, monkeypatch):
    monkeypatch.setattr(extract, "PATIENCE", 0.01)
    found = looked_into("a.pdf", documents.pdf(pages=300))
    assert (found.text, found.why) == (None, "reading it took longer than 0 seconds")


@pytest.mark.slow
def test_a_document_of_many_pages_is_read_as_far_as_it_is_searched(looked_into):
    found = looked_into("a.pdf", documents.pdf("long " * 10_000, pages=40))
    assert len(found.text) == LONGEST
    assert found.why


def test_without_its_library_a_document_says_what_brings_it(looked_into, monkeypatch):
    monkeypatch.setitem(extract.LIBRARIES, ".pdf", "no_such_library")
    found = looked_into("a.pdf", documents.pdf())
    assert found == ExtractedText(
        None, "run pip install 'tickler[texts]' to make it searchable", lacking=True
    )


def test_what_lies_where_the_rep_stands_is_not_run(looked_into, tmp_path, monkeypatch):
    (tmp_path / "pypdf.py").write_text("raise SystemExit('run')")
    monkeypatch.chdir(tmp_path)
    assert looked_into("a.pdf", documents.pdf()).text == "Hello crane"


SMALL = {
    ".pdf": documents.pdf(),
    ".docx": documents.word("Träger", cell="cell"),
    ".xlsx": documents.workbook(["Teil", 1]),
    ".html": b"<html><body><p>one<script>two</script><table><td>three</body></html>",
    ".eml": b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b--\n",
}


@settings(max_examples=25, deadline=None)
@given(
    ending=st.sampled_from(sorted(SMALL)),
    at=st.floats(0, 1),
    put=st.binary(max_size=40),
    taken=st.integers(0, 200),
    name=st.text(max_size=5),
)
@pytest.mark.slow
def test_a_file_that_was_tampered_with_is_read_or_not_and_nothing_worse(
    tmp_path_factory, ending, at, put, taken, name
):
    data = SMALL[ending]
    place = int(at * len(data))
    path = tmp_path_factory.mktemp("tampered") / "file"
    path.write_bytes(data[:place] + put + data[place + taken :])
    with path.open("rb") as source:
        found = text_of(f"x{name}{ending}", source)
    assert found.text is not None or found.why
