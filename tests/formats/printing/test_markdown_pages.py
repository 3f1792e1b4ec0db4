"""Markdown is read back by a reader of Markdown: text is itself, whatever is in it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tickler.formats.printing import markdown_pages
from tickler.formats.printing.document import (
    Chapter,
    Heading,
    Item,
    Items,
    Notes,
    Pairs,
    Table,
    TableCell,
    Title,
    Words,
    line,
    paragraphs,
    strong,
)

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

TEXT = st.text("ab1 .,:;-+=#>*_`|~$&<>[]()!\\/\n\t\"'äŁ", min_size=1, max_size=60).filter(str.strip)


def page(text: str) -> str:
    lines = paragraphs(text)
    whole = " ".join(text.split())
    blocks = (
        Title(whole, lines),
        Heading(whole, "2 entries"),
        Words(lines),
        Pairs(((whole, lines),)),
        Items((Item((line(whole),), (strong(whole),), lines),)),
        Table(((TableCell(lines), TableCell(lines)),), (1, 1)),
        Notes(),
    )
    return "".join(markdown_pages.pieces(Chapter(whole, blocks)))


def read(markdown: str) -> tuple[set[str], str]:
    """The kinds of what is in it, and its text without blanks."""
    kinds, words = set(), []
    for token in READER.parse(markdown):
        for each in [token, *(token.children or ())]:
            kinds.add(each.type)
            words.append(each.content if each.type in ("text", "text_special") else "")
    return kinds, "".join("".join(words).split())


ALLOWED = {
    "heading_open", "heading_close", "inline", "text", "text_special", "paragraph_open",
    "paragraph_close", "hardbreak", "softbreak", "bullet_list_open", "bullet_list_close",
    "list_item_open", "list_item_close", "strong_open", "strong_close",
}  # fmt: skip


@given(TEXT)
@example("# Kopf #")
@example("a | b\n--|--\n1 | 2")
@example("<script>alert(1)</script> <b>x</b> &amp; &lt;")
@example("[here](http://evil.example) ![x](y) <http://a.example>")
@example("1. one\n2) two\n- three\n+ four\n> five\n    six\n---\n===\n***")
@example("```\ncode `x` ``y``\n~~~\n~~no~~ **no** __no__ $a$")
@example("trailing\\\nnext  \nlast\\")
def test_text_is_itself(text):
    markdown = page(text)
    kinds, found = read(markdown)
    assert kinds <= ALLOWED, markdown
    whole = "".join(text.split())
    assert found.count(whole) >= 8, markdown


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("https://acme.example/a", "https://acme.example/a"),
        ("see https://acme.example/a_b", "see https\\://acme.example/a\\_b"),
        ("Grues & Co", "Grues & Co"),
        ("\x1b[31mred\u202e", "␛\\[31mred"),
    ],
)
def test_a_link_stays_one_where_nothing_in_it_is_escaped(text, written):
    (block,) = markdown_pages.pieces(Chapter("", (Words((line(text),)),)))
    assert block == f"{written}\n\n"
