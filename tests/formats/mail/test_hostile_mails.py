"""Whatever is done to a mail, it ends as a row or as one sentence, and soon."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tickler.core.text import LONGEST_LINE, LONGEST_TEXT
from tickler.errors import TicklerError
from tickler.formats.mail import message

MAILS = Path(__file__).parent / "mails"
SHARED = Path(__file__).resolve().parents[4] / "shared" / "samples" / "mail"
OWN = [path.read_bytes() for path in sorted(MAILS.iterdir())]
ROUGH = [path.read_bytes() for path in sorted(SHARED.iterdir())] if SHARED.is_dir() else []

#: What breaks mailers: put in, or put in place of what is there.
SPITE = [
    b"\0", b"\r", b"\n", b"\n\n", b"\r\n\r\n", b"\xff\xfe", b"\x1b]0;x\x07", "\u202e".encode(),
    b"=?utf-8?B?", b"?=", b"=?x?q?=ZZ?=", b"(" * 300, b'"', b"<", b">", b"@", b",", b";", b"\\",
    b"--outer", b"--inner--", b"--alt\n", b"boundary=",
    b"Content-Type: multipart/mixed;boundary=a\n\n--a\n",
    b"Content-Type: message/rfc822\n\n",
    b"Content-Transfer-Encoding: base64\n", b"charset=utf-7",
    b"charset=idna", b"filename*99999999=x;", b"filename*0*=''%;", b"=\n", b"=ZZ",
    b"&#99999999999;",
    b"<!--", b"<script>", b"From ", b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n", b"9" * 5000,
]  # fmt: skip

place = st.floats(0, 1)
change = st.one_of(
    st.tuples(st.just("put"), place, st.sampled_from(SPITE) | st.binary(max_size=30)),
    st.tuples(st.just("over"), place, st.sampled_from(SPITE) | st.binary(max_size=30)),
    st.tuples(st.just("cut"), place, place),
    st.tuples(st.just("twice"), place, place),
    st.tuples(st.just("swap"), place, place),
    st.tuples(st.just("many"), place, st.integers(2, 2000)),
)


def changed(raw: bytes, changes) -> bytes:
    for what, at, how in changes:
        here = int(at * len(raw))
        if what == "put":
            raw = raw[:here] + how + raw[here:]
        elif what == "over":
            raw = raw[:here] + how + raw[here + len(how) :]
        elif what == "many":
            raw = raw[:here] + raw[here : here + 40] * how + raw[here + 40 :]
        else:
            first, last = sorted((here, int(how * len(raw))))
            middle = {"cut": b"", "twice": raw[first:last] * 2, "swap": raw[first:last][::-1]}[what]
            raw = raw[:first] + middle + raw[last:]
    return raw


def ends_well(raw: bytes) -> None:
    started = time.process_time()
    try:
        row = message.read(raw, datetime(2026, 11, 23, tzinfo=UTC))
    except TicklerError as error:
        assert error.sentence
        return
    finally:
        assert time.process_time() - started < 5
    shown = [row.message_id, row.subject, row.text, row.sender, *(f.name for f in row.attachments)]
    for text in (*shown, *map(str, (*row.to, *row.cc)), *row.warnings):
        text.encode()  # nothing that a database would not take
    assert not {"\0", "\n"} & set(row.subject + row.sender)
    assert len(row.subject) <= LONGEST_LINE
    assert len(row.text) <= LONGEST_TEXT
    assert row.at.tzinfo is UTC
    assert row.raw == raw


def property_of(mails, examples):
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(mails), st.lists(change, min_size=1, max_size=12))
    def every_mail_ends_well(raw, changes):
        ends_well(changed(raw, changes))

    return every_mail_ends_well


def test_mails_that_were_tampered_with_end_well():
    property_of(OWN, 100)()


@pytest.mark.slow
def test_five_hundred_mails_that_were_tampered_with_end_well():
    property_of(OWN, 500)()


@pytest.mark.slow
@pytest.mark.skipif(not ROUGH, reason="the rough samples are not here")
def test_rough_mails_that_were_tampered_with_end_well():
    property_of(ROUGH or OWN, 500)()


@given(st.binary(max_size=2000))
def test_bytes_that_begin_as_a_mail_end_well(rest):
    ends_well(b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n" + rest)
