"""A page becomes the text that a person reads, whatever stands in it, and soon."""

import time

import pytest

from tickler.formats.documents.html import readable


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("plain", "plain"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<BR/>three", "one\ntwo\nthree"),
        ("<tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>", "a b\nc"),
        ("<ul><li>one<li>two</ul>", "- one\n- two"),
        ("<style>p{}</style>a<script>if (a<b) {}</script>b", "ab"),
        ("a<!-- <p>hidden</p> -->b", "ab"),
        ("a &amp; b &lt;c&gt; &nbsp;&euro;", "a & b <c> €"),
        ("3 < 4 <5 and <", "3 < 4 <5 and <"),
        ('<a href="https://x.example/y">here</a>', "here <https://x.example/y>"),
        ('<a href="https://x.example/">x.example</a>', "x.example"),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ("<p>never <b>ended", "never ended"),
        ("<p", ""),
        ("&#" + "9" * 5000 + ";", "�"),
        ("&#x110000;&#0;", "��"),
        ("a\n  b", "a b"),
    ],
)
def test_what_is_read(page, text):
    assert readable(page) == text


@pytest.mark.every(4)
@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<!--",
        "<a ",
        "<script",
        "<a href='",
        "&",
        "&#",
        "</",
        "<p><a href=http://x>",
        "<![CDATA[",
    ],
)
def test_no_page_takes_long(piece):
    started = time.process_time()
    readable(piece * (400_000 // len(piece)))
    assert time.process_time() - started < 5
