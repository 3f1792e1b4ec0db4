"""Contents are kept once, whole, and come back as they were."""

import io

from sqlalchemy import text

from tickler.store import blobs


def _kept(desk, data, progress=lambda _: None):
    return desk.write_unjournaled(
        lambda work: blobs.keep(work.connection, io.BytesIO(data), progress)
    )


def _count(desk, table):
    return desk.see(lambda work: work.connection.scalar(text(f"SELECT count(*) FROM {table}")))


def test_what_is_kept_comes_back(desk):
    data = bytes(range(256)) * 10_000
    told = []
    key, size = _kept(desk, data, told.append)
    assert size == len(data) == told[-1]
    assert desk.see(lambda work: blobs.whole(work.connection, key)) == data
    assert len(told) == 3


def test_the_same_content_is_kept_once(desk):
    first, _ = _kept(desk, b"the same")
    second, _ = _kept(desk, b"the same")
    other, _ = _kept(desk, b"another")
    assert first == second != other
    assert _count(desk, "content") == _count(desk, "content_part") == 2


def test_nothing_is_a_content_too(desk):
    key, size = _kept(desk, b"")
    assert size == 0
    assert desk.see(lambda work: blobs.whole(work.connection, key)) == b""
    assert _kept(desk, b"")[0] == key


def test_what_is_erased_is_gone(desk):
    key, _ = _kept(desk, b"secret")
    desk.write_unjournaled(lambda work: blobs.erase(work.connection, key))
    assert _count(desk, "content") == _count(desk, "content_part") == 0
