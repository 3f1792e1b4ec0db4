"""A binder whose file was cut, blanked or flipped, a clock set back, a home that is gone."""

import random

import pytest

from tests.long_runs import many

#: What a rep asks on such a morning; none of it may end in a traceback, or without an end.
ASKED = (
    ("today",), ("list", "--json"), ("show", "ACME"), ("slots",), ("find", "crane"),
    ("history", "ACME"), ("review",), ("pile", "fri"), ("doctor",), ("undo", "--yes"),
    ("log", "ACME", "reached", "fri", "--", "hello"), ("add", "New", "fri"),
    ("export", "all.zip", "--force"),
)  # fmt: skip

SENTENCES = {0, 1, 2, 3, 4, 5, 6, 130}


def blanked(data, chosen):
    at = chosen.randrange(len(data) // 4096) * 4096
    return data[:at] + bytes(4096) + data[at + 4096 :]


def flipped(data, chosen):
    changed = bytearray(data)
    for _ in range(chosen.choice([1, 1, 8, 64])):
        changed[chosen.randrange(len(changed))] ^= 1 << chosen.randrange(8)
    return bytes(changed)


DAMAGES = {
    "cut": lambda data, chosen: data[: chosen.randrange(len(data))],
    "blanked": blanked,
    "flipped": flipped,
    "empty": lambda _data, _chosen: b"",
    "text": lambda _data, _chosen: b"Company,Phone\nACME,030 1\n",
    "blank": lambda data, _chosen: bytes(len(data)),
    "longer": lambda data, chosen: data + chosen.randbytes(5000),
}


def closed(machine):
    """Nothing waits next to the file: what is damaged below is all there is."""
    for end in ("-wal", "-shm"):
        machine.path.with_name(machine.path.name + end).unlink(missing_ok=True)


def damage(machine, made, how, seed):
    machine.take(made)
    closed(machine)
    data = DAMAGES[how](machine.path.read_bytes(), random.Random(seed))
    machine.path.write_bytes(data)
    for words in ASKED:
        ended = machine(*words)
        assert ended.code in SENTENCES, (how, seed, ended)
        assert ended.code == 0 or ended.err.strip() or ended.out.strip(), (how, seed, words)
        assert ended.lived < 60


@pytest.mark.parametrize(
    "how",
    [pytest.param(how, marks=() if how == "flipped" else pytest.mark.slow) for how in DAMAGES],
)
def test_a_damaged_file_is_said_or_read(machine, made, how):
    damage(machine, made, how, 1)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["cut", "blanked", "flipped"])
def test_many_damaged_files(machine, made, how):
    for seed in range(2, 2 + many(100)):
        damage(machine, made, how, seed)


def test_a_clock_set_back_and_another_zone(machine):
    machine.does("log", "ACME", "reached", "fri", "--", "before")
    for words in (("today",), ("log", "ACME", "reached", "+3d", "--", "after"), ("review",)):
        machine.does(*words, TICKLER_TODAY="2026-11-02", TZ="Pacific/Kiritimati")
    assert "lie ahead" in machine("doctor", TICKLER_TODAY="2026-11-02").out
    machine.does("undo", "--yes")


def test_a_home_that_is_gone(machine):
    gone = str(machine.folder / "gone" / "for good")
    for words in (("today",), ("config",), ("log", "ACME", "reached", "--", "hello")):
        machine.does(*words, HOME=gone)
