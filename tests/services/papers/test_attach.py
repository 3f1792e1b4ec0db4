"""Files hang on dossiers: kept once, found by number or name, whole after undo and redo."""

import io

import pytest
from sqlalchemy import event, text

from tickler.core.client.files import LARGEST, NewFile
from tickler.core.contact.kinds import Kind
from tickler.errors import Ambiguous, NotFound, Refused, Unreadable
from tickler.models import Entry
from tickler.services import clients, filing, papers
from tickler.services.filing.file import NewDossier

OFFER = bytes(range(256)) * 5000


class Endless:
    """A file that goes on for ever."""

    def __init__(self):
        self.given = 0

    def seekable(self):
        return False

    def read(self, size):
        self.given += size
        return bytes(size)


def new(name, data=b"x", **more):
    return NewFile(name, io.BytesIO(data), len(data), **more)


@pytest.fixture
def acme(add):
    return add("ACME", "fri")


@pytest.fixture
def attach(desk, acme):
    """Attaches one file to ACME and gives its id."""

    def attach_one(name, data=b"x", key=None, **more):
        desk.do(papers.attach.attach_files, key or acme, [new(name, data, **more)])
        return desk.see(papers.attach.attachments, key or acme)[0].id

    return attach_one


def names(desk, key):
    return [view.name for view in desk.see(papers.attach.attachments, key)]


def content(desk, key):
    kept = io.BytesIO()
    desk.see(papers.attach.save, key, kept)
    return kept.getvalue()


def count(desk, table):
    return desk.see(lambda work: work.connection.scalar(text(f"SELECT count(*) FROM {table}")))


def texts(desk):
    return desk.see(lambda work: list(work.connection.scalars(text("SELECT text FROM content"))))


def test_files_hang_on_a_dossier_and_come_back_as_they_were(desk, acme):
    told = []
    files = [new("offer.pdf", OFFER), new("empty.txt", b"")]
    receipt = desk.do(papers.attach.attach_files, acme, files, told.append)
    assert receipt.text == "ACME: attached 2 files (1.2 MB): offer.pdf, empty.txt"
    assert receipt.warnings == ()
    empty, offer = desk.see(papers.attach.attachments, acme)
    assert (offer.name, offer.size, offer.media_type, offer.author, offer.entry_id) == (
        "offer.pdf", len(OFFER), "application/pdf", "Rep", None,
    )  # fmt: skip
    assert (empty.name, empty.size) == ("empty.txt", 0)
    assert content(desk, offer.id) == OFFER
    assert content(desk, empty.id) == b""
    assert told[-1] == len(OFFER)
    (line,) = desk.see(filing.undo.changes, 1)
    assert (line.action, line.summary, line.dossiers) == ("attach", receipt.text, 1)
    assert desk.see(clients.read.whole, acme).attachments == (empty, offer)


def test_many_files_are_named_in_part(desk, acme):
    said = desk.do(papers.attach.attach_files, acme, [new(f"{n}.txt") for n in range(5)]).text
    assert said == "ACME: attached 5 files (5 B): 0.txt, 1.txt, 2.txt and 2 more"


def test_undo_and_redo_bring_back_rows_and_contents(desk, acme, attach):
    key = attach("offer.pdf", OFFER)
    desk.do(papers.attach.rename, key, "price.pdf")
    desk.do(papers.attach.remove, [key])
    assert names(desk, acme) == []
    desk.do(filing.undo.undo)
    assert names(desk, acme) == ["price.pdf"]
    assert content(desk, key) == OFFER
    desk.do(filing.undo.undo)
    assert names(desk, acme) == ["offer.pdf"]
    desk.do(filing.undo.undo)
    assert names(desk, acme) == []
    for there in (["offer.pdf"], ["price.pdf"], []):
        desk.do(filing.undo.redo)
        assert names(desk, acme) == there
    desk.do(filing.undo.undo)
    assert content(desk, key) == OFFER


def test_the_same_file_is_kept_once_whatever_it_is_called(desk, attach, add):
    first = attach("offer.pdf", OFFER)
    second = attach("copy.pdf", OFFER, key=add("Holm AB"))
    assert count(desk, "content") == 1
    desk.do(papers.attach.remove, [first])
    assert content(desk, second) == OFFER


def test_two_of_one_name_are_told_apart_by_their_numbers(desk, acme, attach):
    first, second = attach("a.txt", b"1"), attach("a.txt", b"2")
    with pytest.raises(Ambiguous, match=f"f{second} a.txt, f{first} a.txt: give the number"):
        desk.see(papers.attach.named, acme, "a.txt")
    assert desk.see(papers.attach.named, acme, f"#{first}").id == first


def test_a_listing_reads_no_contents(desk, acme, attach):
    attach("offer.pdf", OFFER)
    asked = []
    with desk._file.use() as engine:
        event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    desk.see(papers.attach.attachments, acme)
    desk.see(papers.attach.named, acme, "offer")
    desk.see(clients.read.whole, acme)
    assert any("FROM attachment" in sql for sql in asked)
    assert not any("content_part" in sql or "content.text" in sql for sql in asked)


@pytest.mark.every(4)
@pytest.mark.parametrize(
    ("who", "name"),
    [("offer.pdf", "offer.pdf"), ("OFFER", "offer.pdf"), ("groesse", None), ("große", "Große.txt"),
     ("2026", "plan 2026-final.txt"), ("final", "plan 2026-final.txt"), ("#3", "Große.txt"),
     ("2", "plan 2026-final.txt"), ("7", None), ("", None), (" ", None), ("txt", None)],
)  # fmt: skip
def test_an_attachment_is_named_by_number_or_part_of_its_name(desk, acme, attach, who, name):
    for each in ("offer.pdf", "plan 2026-final.txt", "Große.txt"):
        attach(each)
    if name:
        assert desk.see(papers.attach.named, acme, who).name == name
    else:
        with pytest.raises((NotFound, Ambiguous)):
            desk.see(papers.attach.named, acme, who)


def test_a_number_means_one_of_this_dossier(desk, attach, add, acme):
    key = attach("offer.pdf")
    with pytest.raises(NotFound, match="nothing is attached there"):
        desk.see(papers.attach.named, add("Holm AB"), str(key))
    name = attach("7.txt", b"7")
    assert desk.see(papers.attach.named, acme, "7").id == name


def test_of_another_reps_dossier_nothing_is_told(desk, open_desk, acme, attach):
    key = attach("offer.pdf")
    desk.do(lambda work: work.connection.execute(
        text("INSERT INTO rep (name, folded) VALUES ('Rita', 'rita')")))  # fmt: skip
    other = open_desk(desk.path, rep="Rita")
    for refused in (
        lambda: other.see(papers.attach.attachment, key),
        lambda: other.see(papers.attach.attachments, acme),
        lambda: other.see(papers.attach.save, key, io.BytesIO()),
        lambda: other.do(papers.attach.rename, key, "x"),
        lambda: other.do(papers.attach.remove, [key]),
        lambda: other.do(papers.attach.attach_files, acme, [new("x")]),
    ):
        with pytest.raises(NotFound):
            refused()


@pytest.mark.slow
def test_one_too_large_is_refused_while_it_is_read_and_nothing_is_kept(desk, acme):
    endless = Endless()
    with pytest.raises(Refused, match=r"big\.iso is larger than 100 MB"):
        desk.do(papers.attach.attach_files, acme, [new("a.txt"), NewFile("big.iso", endless, 0)])
    assert LARGEST < endless.given < LARGEST + 2 * 2**20
    assert names(desk, acme) == []
    assert count(desk, "content") == count(desk, "content_part") == 0


def test_without_a_file_nothing_is_attached(desk, acme):
    with pytest.raises(Unreadable, match="no file is named"):
        desk.do(papers.attach.attach_files, acme, [])
    with pytest.raises(Unreadable, match="no attachment is named"):
        desk.do(papers.attach.remove, [])


def test_a_name_loses_its_folders_and_control_characters_with_a_warning(desk, acme):
    receipt = desk.do(papers.attach.attach_files, acme, [new("../a\nb\x1b[31m.txt")])
    assert [warning.code for warning in receipt.warnings] == ["control-characters"]
    assert names(desk, acme) == ["a b [31m.txt"]
    assert desk.do(papers.attach.rename, 1, "c\td").warnings[0].code == "control-characters"


def test_a_file_without_a_name_is_called_unnamed(desk, acme, attach):
    attach("../")
    assert names(desk, acme) == ["unnamed"]


def test_a_name_is_not_emptied_or_given_twice(desk, attach):
    key = attach("a.txt")
    with pytest.raises(Unreadable, match="a file needs a name"):
        desk.do(papers.attach.rename, key, " / ")
    with pytest.raises(Refused, match=r"is called a\.txt already"):
        desk.do(papers.attach.rename, key, "x/a.txt")
    with pytest.raises(NotFound, match="no attachment f99"):
        desk.do(papers.attach.rename, 99, "b")


def test_several_are_removed_at_once_and_from_several_dossiers(desk, acme, attach, add):
    keys = [attach("a.txt"), attach("b.txt", key=add("Holm AB"))]
    receipt = desk.do(papers.attach.remove, [*keys, keys[0]])
    assert receipt.text == "2 dossiers: removed 2 files (2 B): a.txt, b.txt"
    assert len(receipt.after) == 2
    with pytest.raises(NotFound):
        desk.do(papers.attach.remove, keys)


def test_the_cabinet_takes_files_too(desk, acme, attach):
    desk.do(filing.file.close_all, desk.see(clients.read.by_ids, [acme]), filing.file.Status.WON)
    attach("contract.pdf")
    assert names(desk, acme) == ["contract.pdf"]


def test_a_mail_hangs_its_files_within_its_own_action(desk, acme):
    def take_mail(work):
        entry = Entry(dossier_id=acme, author_id=work.rep_id, at=work.now, kind=Kind.EMAIL)
        work.session.add(entry)
        work.session.flush()
        work.summary = "mail"
        hung = papers.attach.attach_file(
            work, acme, "a.txt", io.BytesIO(b"x"), entry_id=entry.id, text="x"
        )
        return entry.id, hung

    entry, hung = desk.do(take_mail)
    (view,) = desk.see(papers.attach.attachments, acme)
    assert (view.id, view.entry_id, view.media_type) == (hung, entry, "text/plain")
    assert desk.see(filing.undo.changes, 1)[0].summary == "mail"
    desk.do(filing.undo.undo)
    assert names(desk, acme) == []


def test_what_can_be_searched_is_noted_with_the_content_and_never_lost(desk, attach):
    attach("a.bin", OFFER)
    assert texts(desk) == [None]
    attach("a.txt", OFFER, text="Träger\0")
    assert texts(desk) == ["Träger�"]
    attach("b.txt", OFFER, text="other")
    attach("c.bin", OFFER)
    assert texts(desk) == ["Träger�"]


def test_what_nobody_looked_into_is_looked_into_later(desk, acme, attach):
    attach("a.txt", b"1", text="1")
    attach("b.pdf", b"2")
    attach("c.pdf", b"2")
    (unread,) = desk.see(papers.attach.unread)
    assert unread.name == "b.pdf"
    desk.write_unjournaled(papers.attach.note_text_of, unread.id, "two")
    assert texts(desk) == ["1", "two"]
    assert desk.see(papers.attach.unread) == []


def test_a_content_with_a_piece_missing_is_told(desk, attach):
    key = attach("offer.pdf", OFFER)
    desk.write_unjournaled(
        lambda work: work.connection.execute(text("DELETE FROM content_part WHERE place = 1"))
    )
    with pytest.raises(papers.attach.TicklerError, match="its bytes have changed"):
        content(desk, key)


def test_a_new_dossier_has_none(desk):
    key = desk.do(filing.file.add, NewDossier("Holm AB")).after[0].id
    assert desk.see(papers.attach.attachments, key) == ()
    assert desk.see(papers.attach.subjects, key) == {}
