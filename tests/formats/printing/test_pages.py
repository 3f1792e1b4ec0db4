"""Pages as HTML and PDF: what is on them, what no text can do there, and what the fonts lack."""

import io
import sys
import unicodedata
from html.parser import HTMLParser

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.core.text import printable
from tickler.errors import Refused, TicklerError
from tickler.formats.printing import kinds, letters, pdf_pages
from tickler.formats.printing.document import (
    Bars,
    Chapter,
    Counters,
    Document,
    Heading,
    Item,
    Items,
    Notes,
    Pairs,
    Paper,
    Sign,
    Table,
    TableCell,
    Title,
    Words,
    alert,
    joined,
    line,
    paragraphs,
    quiet,
    strong,
)

HOSTILE = '<script>alert(1)</script> [red] #panic("x") $x$ @label \\ "q" \x1b[2J \u202eevil `raw`'

#: Elements that HTML never closes.
VOID = {"meta"}


def of(*blocks, running="ACME"):
    return Document("ACME", "acme", (Chapter(running, blocks),), "Mon 23 Nov 2026 · Anna")


#: Every kind of block, with text that is a command somewhere.
ALL = of(
    Title(HOSTILE, (line(quiet(HOSTILE)),)),
    Heading(HOSTILE, HOSTILE),
    Words(paragraphs(f"{HOSTILE}\n\n{HOSTILE}")),
    Pairs(((HOSTILE, (joined((strong(HOSTILE), alert(HOSTILE))),)),)),
    Items(
        (
            Item((line("1"),), line(HOSTILE), (line(HOSTILE),), ("done",), ("next",)),
            Item((line("2"),), line(HOSTILE), paragraphs(HOSTILE * 40), splits=True),
        ),
        numbered=True,
    ),
    Table(
        ((TableCell((line(HOSTILE),)), TableCell(share=0.4), TableCell(share=3.0, shaded=True)),),
        (1.0, 0.0, 0.5),
        (TableCell((line("head"),)), TableCell(), TableCell()),
        small=True,
    ),
    Counters((("DONE", "48 %", (line(HOSTILE),)),)),
    Bars(("done", "slid", "open", "unplanned"), ((1, 2, 3, 4), (0, 0, 0, 0)), HOSTILE),
    Notes(),
    running=HOSTILE,
)


def html(document, paper=Paper.A4):
    file = io.BytesIO()
    kinds.writer(document, kinds.PageKind.HTML, paper)(file)
    return file.getvalue().decode()


def pdf(document, paper=Paper.A4):
    file = io.BytesIO()
    kinds.writer(document, kinds.PageKind.PDF, paper)(file)
    return file.getvalue()


def pages(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


class Page(HTMLParser):
    """The elements and texts of a page; every element is closed where it should be."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text = [], set(), ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert {name for name, _ in attrs} <= {"class", "style", "lang", "charset", "name",
                                               "content", "http-equiv"}  # fmt: skip
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text += data


def test_html_is_whole_and_a_text_is_a_text():
    found = html(ALL)
    page = Page()
    page.feed(found)
    assert page.open == []
    assert not page.tags & {"script", "img", "link", "a", "iframe", "object"}
    assert page.text.count('<script>alert(1)</script> [red] #panic("x")') >= 9
    assert not {"\x1b", "\u202e"} & {*found}
    style = found[: found.index("</style>")]
    assert "url(" not in style and "@import" not in style
    assert "<script" not in style and style.count("</") == 1  # that of the title
    assert "size: A4 portrait" in style
    assert "size: letter portrait" in html(ALL, Paper.LETTER)


def test_a_pdf_has_every_text_and_takes_none_for_a_command():
    (page, *more) = pages(pdf(ALL))
    text = "".join(f"{page}{''.join(more)}".split())
    assert text.count('<script>alert(1)</script>[red]#panic("x")$x$@label\\"q"') >= 9
    assert "evil`raw`" in text
    assert "Mon23Nov2026·Anna" in text
    assert "48%" in text


@given(st.text(max_size=200))
def test_any_text_can_be_printed(text):
    document = of(Title(text, paragraphs(text)), Items((Item((line("1"),), line(text)),)),
                  Table(((TableCell(paragraphs(text)),),), (1,)), running=text)  # fmt: skip
    page = Page()
    page.feed(html(document))
    assert page.open == []
    assert printable(text).split() == [] or "".join(printable(text).split()) in "".join(
        page.text.split()
    )
    assert pdf(document).startswith(b"%PDF")
    assert isinstance(kinds.warning(document, kinds.PageKind.PDF), str)


@pytest.mark.parametrize("write", [html, pdf])
def test_the_same_document_is_the_same_to_the_byte(write):
    assert write(ALL) == write(ALL)


def test_each_chapter_begins_a_page_has_its_head_and_its_own_numbers():
    long = Words(paragraphs("a line\n" * 90))
    two = Document(
        "2", "2", (Chapter("Łódź", (long,)), Chapter("Őrség", (Words((line("short"),)),))), "day"
    )
    first, second, third = pages(pdf(two))
    assert "Łódź" in first and "1 / 2" in first
    assert "Łódź" in second and "2 / 2" in second
    assert "Őrség" in third and "1 / 1" in third and "short" in third
    sizes = {
        paper: pypdf.PdfReader(io.BytesIO(pdf(two, paper))).pages[0].mediabox for paper in Paper
    }
    assert [round(float(each.width)) for each in sizes.values()] == [595, 612]


def test_a_word_longer_than_its_line_stays_on_the_paper():
    word = "w" * 300
    (found,) = pages(pdf(of(Title(word), Pairs(((word, (line(word),)),)))))
    assert "".join(found.split()).count(word) == 3
    assert len(found.splitlines()) > 6


@pytest.mark.slow
def test_a_text_longer_than_a_page_goes_on_on_the_next():
    long = line(" ".join(f"word{n}" for n in range(900)))
    blocks = (
        Pairs((("notes", (long,)),)),
        Items((Item((line("now"),), line("call"), (long,), splits=True),)),
        Table(((TableCell((long,)), TableCell()),), (0.3, 0.7)),
    )
    for block in blocks:
        found = pages(pdf(of(block)))
        assert len(found) > 1
        assert "word899" in found[-1]


def test_a_sign_is_alone_on_its_page():
    (found,) = pages(pdf(of(Sign("23", tab=23, tabs=31, on_tab="23"), running="")))
    assert found.split() == ["23", "23"]


def test_every_letter_that_is_taken_for_sure_is_in_the_fonts():
    sure = [
        chr(code)
        for code in range(0x21, 0x2200)
        if letters._SURE.fullmatch(chr(code)) and unicodedata.category(chr(code))[0] not in "ZMC"
    ]
    assert len(sure) > 700
    for few in (sure[n : n + 300] for n in range(0, len(sure), 300)):
        drawn = pdf_pages.compiled(
            letters._DRAWN, letters.json.dumps([letters._NOBODY, *few]), "svg"
        )
        box, *rest = map(letters._glyphs, drawn)
        assert [c for c, glyphs in zip(few, rest, strict=True) if glyphs == box] == []


def test_letters_that_the_fonts_lack_are_named():
    fine = of(Title("Łódź Ő ß ẞ Ελληνικά Кириллица №5 ★ → € ﬁ ☎"), Words((line("ŵ ế ☐"),)))
    assert kinds.warning(fine, kinds.PageKind.PDF) == ""
    odd = of(Title("株式会社 😀"), Heading("株"), Words(paragraphs("한국")))
    said = kinds.warning(odd, kinds.PageKind.PDF)
    assert said == (
        "the fonts of a PDF have no letters for 株式会社😀한국: they are boxes there; "
        "an HTML page shows them"
    )
    assert kinds.warning(odd, kinds.PageKind.HTML) == ""
    # Many that are there, and some that are not after them.
    vietnamese, han = ("".join(map(chr, range(at, at + 256))) for at in (0x1E00, 0x4E00))
    many = of(Title(vietnamese), Heading(han), Words(paragraphs(han[::-1])))
    assert f"{han[:12]} and more" in kinds.warning(many, kinds.PageKind.PDF)


def test_without_typst_the_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(Refused, match=r"pip install 'tickler\[pdf\]'"):
        pdf(ALL)
    assert "<h1>" in html(of(Title("ACME")))


def test_too_much_for_a_pdf_is_refused_before_it_is_made():
    with pytest.raises(Refused, match="too much for one PDF"):
        pdf(of(Words(paragraphs("x" * 2_000_000))))


def test_the_kind_is_that_of_the_ending(tmp_path):
    assert kinds.kind_of(tmp_path / "a.HTM") is kinds.PageKind.HTML
    assert kinds.kind_of(tmp_path / "a.Pdf") is kinds.PageKind.PDF
    for name in ("a.doc", "a", ".pdf", "a.txt"):
        with pytest.raises(TicklerError, match="pages are HTML or PDF"):
            kinds.kind_of(tmp_path / name)


def test_letter_is_for_those_who_have_it():
    assert Paper.of_country("US") is Paper.of_country("MX") is Paper.LETTER
    assert Paper.of_country("DE") is Paper.of_country(None) is Paper.of_country("none") is Paper.A4
