"""Contents of files in the database: each kept once, in pieces, append-only, outside the journal.

A content that an undone action brought stays for when it is redone.
"""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from sqlalchemy import Connection, delete, func, select
from sqlmodel import SQLModel

from tickler.core.progress import Progress, unwatched
from tickler.errors import TicklerError

_CONTENT = SQLModel.metadata.tables["content"]
_PART = SQLModel.metadata.tables["content_part"]

#: The size of a piece, in bytes.
PIECE = 1024 * 1024


def keep(
    connection: Connection, source: BinaryIO, progress: Progress = unwatched
) -> tuple[int, int]:
    """Keep what can be read from `source`: the key of the content and its size in bytes.

    What is here already is not kept a second time; where its bytes have changed since, these
    take their place. Raises OSError where reading fails.
    """
    digest = hashlib.sha256()
    made = connection.execute(_CONTENT.insert().values(digest="", size=0)).inserted_primary_key
    key, size = int(made[0]) if made else 0, 0
    for place, piece in enumerate(iter(lambda: source.read(PIECE), b"")):
        digest.update(piece)
        connection.execute(_PART.insert().values(content_id=key, place=place, data=piece))
        size += len(piece)
        progress(size)
    known = connection.scalar(select(_CONTENT.c.id).where(_CONTENT.c.digest == digest.hexdigest()))
    if known is not None:
        if not is_sound(connection, known):
            connection.execute(delete(_PART).where(_PART.c.content_id == known))
            moved = _PART.update().where(_PART.c.content_id == key).values(content_id=known)
            connection.execute(moved)
        erase(connection, key)
        return int(known), size
    named = _CONTENT.update().where(_CONTENT.c.id == key)
    connection.execute(named.values(digest=digest.hexdigest(), size=size))
    return key, size


class ChangedBytes(TicklerError):
    """What is in a content is not what its digest names."""


def is_sound(connection: Connection, key: int) -> bool:
    """Whether what is in a content is what its digest names."""
    try:
        for _ in pieces(connection, key):
            pass
    except ChangedBytes:
        return False
    return True


def pieces(connection: Connection, key: int) -> Iterator[bytes]:
    """What is in a content, piece by piece; raises ChangedBytes after the last one."""
    digest = hashlib.sha256()
    for piece in as_they_are(connection, key):
        digest.update(piece)
        yield piece
    named = connection.scalar(select(_CONTENT.c.digest).where(_CONTENT.c.id == key))
    if digest.hexdigest() != named:
        raise ChangedBytes("the bytes of a file are not those that were attached")


def as_they_are(connection: Connection, key: int) -> Iterator[bytes]:
    """What is in a content, whatever its digest names."""
    places = select(func.count()).where(_PART.c.content_id == key)
    for place in range(connection.scalar(places) or 0):
        one = select(_PART.c.data).where(_PART.c.content_id == key, _PART.c.place == place)
        piece = connection.execute(one).scalar_one_or_none()
        yield piece if isinstance(piece, bytes) else b""


def whole(connection: Connection, key: int) -> bytes:
    """All of a content at once: for what is known to be small."""
    return b"".join(pieces(connection, key))


def copy(source: Connection, key: int, target: Connection, into: int) -> None:
    """Write the pieces of a content of one binder to that of another."""
    for place, piece in enumerate(pieces(source, key)):
        target.execute(_PART.insert().values(content_id=into, place=place, data=piece))


def erase(connection: Connection, key: int) -> None:
    """Take a content away for good."""
    connection.execute(delete(_PART).where(_PART.c.content_id == key))
    connection.execute(delete(_CONTENT).where(_CONTENT.c.id == key))
