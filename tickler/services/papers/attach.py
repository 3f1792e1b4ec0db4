"""Attachments: files on a dossier, kept by content, found by number or name, renamed, removed."""

import itertools
import mimetypes
import re
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from sqlalchemy import func, select, update
from sqlmodel import SQLModel, col

from tickler.core import phrases
from tickler.core.client.files import LARGEST, NewFile, file_name, size_in_words, too_large
from tickler.core.numbers import number
from tickler.core.progress import Progress, unwatched
from tickler.core.remark import Remark
from tickler.core.text import fold, had_controls, one_line, quote, storable
from tickler.core.views import AttachmentView, DossierRow, Receipt
from tickler.desk import Work
from tickler.errors import Ambiguous, Hint, NotFound, Refused, TicklerError, Unreadable
from tickler.models import Attachment, Dossier
from tickler.services.clients import attached, drafts, read
from tickler.services.filing import place
from tickler.store import blobs, search

_TABLES = SQLModel.metadata.tables
_ATTACHMENT, _CONTENT, _MAIL = _TABLES["attachment"], _TABLES["content"], _TABLES["mail"]


#: How many files a sentence about many names.
_NAMED = 3

_BLANKED = Remark("control-characters", "the name: control characters became spaces")


def attach_file(
    work: Work,
    dossier_id: int,
    name: str,
    source: BinaryIO,
    media_type: str = "",
    *,
    entry_id: int | None = None,
    progress: Progress = unwatched,
    text: str | None = None,
) -> int:
    """Keep a file and attach it to a dossier, within any action; returns the attachment's id.

    With `entry_id` it came with that mail. `text` is what can be searched in it. Raises Refused
    where there is more to read than a file may have, OSError where reading fails.
    """
    clean = storable(file_name(name)) or "unnamed"

    def kept(done: int) -> None:
        if done > LARGEST:
            raise too_large(clean)
        progress(done)

    if source.seekable():
        source.seek(0)  # the action may have been begun before
    content, _ = blobs.keep(work.connection, source, kept)
    if text is not None:
        note_text(work, content, text)
    attachment = Attachment(
        dossier_id=dossier_id,
        entry_id=entry_id,
        content_id=content,
        author_id=work.rep_id,
        at=work.now,
        name=clean,
        media_type=storable(one_line(media_type)) or mimetypes.guess_type(clean)[0] or "",
    )
    work.session.add(attachment)
    work.session.flush()
    return attachment.id or 0


def attach_files(
    work: Work, key: int, files: Sequence[NewFile], progress: Progress = unwatched
) -> Receipt:
    """Attach files to a dossier, all of them or none; `progress` counts the bytes of all.

    Raises NotFound, Refused where one is too large, TicklerError where one cannot be read.
    """
    row = read.by_id(work, key)
    if not files:
        raise Unreadable("no file is named")
    before = itertools.accumulate((file.size for file in files), initial=0)
    ids = [_attach_one(work, row.id, f, b, progress) for f, b in zip(files, before, strict=False)]
    views = {view.id: view for view in attached.attachments(work, row.id)}
    work.summary = f"{row.name}: attached {_in_words([views[key] for key in ids])}"
    blanked = [_BLANKED for file in files if had_controls(file.name)]
    # What one file lacks another may lack too: said once.
    warnings = list(dict.fromkeys((*blanked, *(w for file in files for w in file.warnings))))
    return place.receipt(work, work.summary, [row], warnings, action="attach")


def _attach_one(work: Work, key: int, file: NewFile, before: int, progress: Progress) -> int:
    def report(done: int) -> None:
        progress(before + done)

    kind, text = file.media_type, file.text
    try:
        return attach_file(work, key, file.name, file.source, kind, progress=report, text=text)
    except OSError as error:
        raise TicklerError(f"cannot read {file.name}: {error.strerror}") from error


def attachments(work: Work, key: int) -> tuple[AttachmentView, ...]:
    """The files on a dossier, newest first; their contents are not read. Raises NotFound."""
    return attached.attachments(work, read.by_id(work, key).id)


def attachment(work: Work, key: int) -> tuple[AttachmentView, DossierRow]:
    """The attachment of this id, and its dossier; raises NotFound."""
    holder = work.ask(select(col(Attachment.dossier_id)).where(col(Attachment.id) == key)).scalar()
    mine = read.rows(work, col(Dossier.id) == holder) if holder else []
    if not mine:
        raise NotFound(f"there is no attachment f{key}", hint=Hint.ATTACHMENTS)
    return next(a for a in attached.attachments(work, mine[0].id) if a.id == key), mine[0]


def named(work: Work, key: int, who: str) -> AttachmentView:
    """The attachment of a dossier that `3`, `#3` or a part of its name means.

    A whole name goes before a beginning, a beginning before a word. Raises NotFound, Ambiguous.
    """
    found = attachments(work, key)
    if (wanted := number(who, "f")) is not None:
        matches = [each for each in found if each.id == wanted]
        if matches or who.strip().startswith("#"):
            return _the_one(matches, found, who)
    return _the_one(_matches(found, fold(who)), found, who)


def save(
    work: Work, key: int, to: BinaryIO, progress: Progress = unwatched, *, anyway: bool = False
) -> AttachmentView:
    """Write what is in an attachment to a file, piece by piece. Raises NotFound, OSError.

    Where its bytes are not those that were attached they are written `anyway`, or TicklerError
    is raised.
    """
    view, _ = attachment(work, key)
    content = work.ask(select(_ATTACHMENT.c.content_id).where(_ATTACHMENT.c.id == key))
    read = blobs.as_they_are if anyway else blobs.pieces
    done = 0
    try:
        for piece in read(work.connection, content.scalar_one()):
            to.write(piece)
            done += len(piece)
            progress(done)
    except blobs.ChangedBytes as error:
        raise TicklerError(_changed(view), hint=Hint.SAVE_ANYWAY) from error
    return view


def changed(work: Work, key: int) -> str:
    """That the bytes of an attachment are not those that were attached; "" where they are."""
    view, _ = attachment(work, key)
    content = work.ask(select(_ATTACHMENT.c.content_id).where(_ATTACHMENT.c.id == key))
    return "" if blobs.is_sound(work.connection, content.scalar_one()) else _changed(view)


def _changed(view: AttachmentView) -> str:
    return (
        f"{view.name} is not what was attached: its bytes have changed in the binder; "
        "attach the good file again"
    )


def rename(work: Work, key: int, name: str) -> Receipt:
    """Give an attachment another name. Raises NotFound, Unreadable where none is given."""
    view, row = attachment(work, key)
    clean = storable(file_name(name))
    if not clean:
        raise Unreadable("a file needs a name: such as offer.pdf")
    if clean == view.name:
        raise Refused(f"{row.name}: f{key} is called {clean} already")
    warnings = [_BLANKED] if had_controls(name) else []
    _row(work, key).name = clean
    work.summary = f"{row.name}: {view.name} is now called {clean}"
    return place.receipt(work, work.summary, [row], warnings, action="rename")


def remove(work: Work, keys: Sequence[int]) -> Receipt:
    """Take attachments from their dossiers; their contents stay for an undo. Raises NotFound."""
    found = [attachment(work, key) for key in dict.fromkeys(keys)]
    if not found:
        raise Unreadable("no attachment is named", hint=Hint.ATTACHMENTS)
    for view, row in found:
        work.session.delete(_row(work, view.id))
        drafts.drop(work, row.id, [f"rename {view.id}", f"save {view.id}"])
    owners = list({row.id: row for _, row in found}.values())
    work.summary = f"{place.names(owners)}: removed {_in_words([view for view, _ in found])}"
    return place.receipt(work, work.summary, owners, (), action="remove")


def unread(work: Work) -> list[AttachmentView]:
    """The rep's attachments whose text was not read yet, one for each content."""
    held = (
        select(func.min(_ATTACHMENT.c.id))
        .join(_CONTENT, _CONTENT.c.id == _ATTACHMENT.c.content_id)
        .join(Dossier, col(Dossier.id) == _ATTACHMENT.c.dossier_id)
        .where(_CONTENT.c.text.is_(None), col(Dossier.owner_id) == work.rep_id)
        .group_by(_CONTENT.c.id)
    )
    return [attachment(work, key)[0] for key in work.ask(held).scalars().all()]


def note_text_of(work: Work, key: int, text: str) -> None:
    """Note what can be searched in an attachment; undo does not know of it."""
    held = work.ask(select(_ATTACHMENT.c.content_id).where(_ATTACHMENT.c.id == key))
    content = held.scalar_one()
    note_text(work, content, text)
    # The journal knows nothing of it, so the index is brought along here.
    search.renew(work.connection, search.CONTENT, [content])


def note_text(work: Work, content: int, text: str) -> None:
    """Note what can be searched in a content, unless that was done before."""
    still_unread = (_CONTENT.c.id == content) & _CONTENT.c.text.is_(None)
    work.connection.execute(update(_CONTENT).where(still_unread).values(text=storable(text)))


def subjects(work: Work, key: int) -> Mapping[int, str]:
    """The subjects of a dossier's mails, by their entries: what an attachment came with."""
    mails = select(_MAIL.c.entry_id, _MAIL.c.subject).where(_MAIL.c.dossier_id == key)
    return {row.entry_id: row.subject for row in work.ask(mails)}


def _row(work: Work, key: int) -> Attachment:
    row = work.session.get(Attachment, key)
    if row is None:
        raise NotFound(f"there is no attachment f{key}")
    return row


def _matches(found: Sequence[AttachmentView], who: str) -> list[AttachmentView]:
    folded = [(each, fold(each.name)) for each in found] if who else []
    words = [(each, re.split(r"[\W_]+", name)) for each, name in folded]
    tiers = (
        [each for each, name in folded if name == who],
        [each for each, name in folded if name.startswith(who)],
        [each for each, parts in words if any(part.startswith(who) for part in parts)],
    )
    return next(filter(None, tiers), [])


def _the_one(
    matches: Sequence[AttachmentView], found: Sequence[AttachmentView], who: str
) -> AttachmentView:
    if len(matches) == 1:
        return matches[0]
    listed = phrases.named([f"f{view.id} {view.name}" for view in matches or found], 5)
    shown = quote(who)
    if matches:
        raise Ambiguous(f"{shown} may be {listed}: give the number")
    here = f"; there is {listed}" if found else ": nothing is attached there"
    raise NotFound(f"no attachment is called {shown}{here}")


def _in_words(views: Sequence[AttachmentView]) -> str:
    """`offer.pdf (1.2 MB)`, or `3 files (4.1 MB): a.pdf, b.pdf, c.pdf`."""
    size = size_in_words(sum(view.size for view in views))
    if len(views) == 1:
        return f"{views[0].name} ({size})"
    return f"{len(views)} files ({size}): {phrases.named([view.name for view in views], _NAMED)}"
