"""Writes what Outlook writes: messages (MS-OXMSG in a MS-CFB file), and winmail.dat (MS-OXTNEF)."""

import struct
from datetime import UTC, datetime

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TEXT, _NUMBER, _TIME, _BYTES = 0x001F, 0x0003, 0x0040, 0x0102
_SECTOR, _MINI = 512, 64


def message(subject, sender, to, body, *, headers="", at=None, files=(), rtf=b""):
    """The bytes of an `.msg`; `sender` and `to` are pairs of a name and an address."""
    tree = _properties(
        [
            (0x0037, _TEXT, subject), (0x0C1A, _TEXT, sender[0]), (0x5D01, _TEXT, sender[1]),
            (0x1000, _TEXT, body), (0x007D, _TEXT, headers), (0x0039, _TIME, at),
            (0x1009, _BYTES, rtf),
        ],
        struct.pack("<8x4I8x", 1, len(files), 1, len(files)),
    )  # fmt: skip
    tree["__recip_version1.0_#00000000"] = _properties(
        [(0x3001, _TEXT, to[0]), (0x39FE, _TEXT, to[1]), (0x0C15, _NUMBER, 1)], bytes(8)
    )
    for number, (name, data) in enumerate(files):
        tree[f"__attach_version1.0_#{number:08X}"] = _properties(
            [(0x3707, _TEXT, name), (0x3701, _BYTES, data), (0x3705, _NUMBER, 1)], bytes(8)
        )
    return _compound(tree)


def package(files, *, text=b"", page=b"", rtf=b""):
    """The bytes of a winmail.dat with these files, and a text, page or compressed RTF."""
    made = struct.pack("<IH", 0x223E9F78, 1)
    made += _object(1, 0x9006, 8, struct.pack("<I", 0x10000))
    made += _object(1, 0x9007, 6, struct.pack("<II", 1252, 0))
    kinds = ((0x1000, 0x001E, text), (0x1013, _BYTES, page), (0x1009, _BYTES, rtf))
    values = [(number, kind, data) for number, kind, data in kinds if data]
    if values:
        held = struct.pack("<I", len(values))
        for number, kind, data in values:
            padded = data.ljust(-(-len(data) // 4) * 4, b"\0")
            held += struct.pack("<HHII", kind, number, 1, len(data)) + padded
        made += _object(1, 0x9003, 6, held)
    for name, data in files:
        made += _object(2, 0x9002, 6, bytes(14))
        made += _object(2, 0x8010, 1, name.encode("cp1252") + b"\0")
        made += _object(2, 0x800F, 6, data)
    return made


def _object(level, name, kind, data):
    head = struct.pack("<BHHI", level, name, kind, len(data))
    return head + data + struct.pack("<H", sum(data) % 65536)


def _properties(values, head):
    tree, lines = {}, head
    for number, kind, value in values:
        tag = struct.pack("<HHI", kind, number, 6)
        if not value:
            continue
        if kind == _NUMBER:
            lines += tag + struct.pack("<II", value, 0)
        elif kind == _TIME:
            since = value - datetime(1601, 1, 1, tzinfo=UTC)
            lines += tag + struct.pack("<Q", int(since.total_seconds()) * 10**7)
        else:
            data = value.encode("utf-16-le") if kind == _TEXT else value
            tree[f"__substg1.0_{number:04X}{kind:04X}"] = data
            lines += tag + struct.pack("<II", len(data) + 2 * (kind == _TEXT), 0)
    return tree | {"__properties_version1.0": lines}


def _compound(tree):
    entries, minis, mini_fat = [["Root Entry", 5, _FREE, _END, 0, _FREE]], b"", []

    def add(node):
        """Adds what is in a storage, and gives its first entry: the others follow it in a chain."""
        nonlocal minis
        first, before = _FREE, None
        for name, inside in node.items():
            number = len(entries)
            entries.append([name, 1, _FREE, _END, 0, _FREE])
            if isinstance(inside, dict):
                entries[number][1] = 1
                entries[number][2] = add(inside)
            else:
                start, count = len(mini_fat), -(-len(inside) // _MINI)
                mini_fat.extend([*range(start + 1, start + count), _END] if count else [])
                minis += inside.ljust(count * _MINI, b"\0")
                entries[number][1] = 2
                entries[number][3:5] = [start if count else _END, len(inside)]
            if before is None:
                first = number
            else:
                entries[before][5] = number
            before = number
        return first

    entries[0][2] = add(tree)
    parts = [b"".join(map(_entry, entries)), struct.pack(f"<{len(mini_fat)}I", *mini_fat), minis]
    fat, starts, body = [_FAT], [], b""
    for part, fill in zip(parts, (b"\0", b"\xff", b"\0"), strict=True):
        count = -(-len(part) // _SECTOR)
        starts.append(len(fat))
        fat.extend([*range(len(fat) + 1, len(fat) + count), _END])
        body += part.ljust(count * _SECTOR, fill)
    root = _entry([*entries[0][:3], starts[2], len(minis), _FREE])
    body = root + body[len(root) :]
    count = -(-len(parts[1]) // _SECTOR)
    head = struct.pack("<8s16xHHHHH6xIII", MAGIC, 0x3E, 3, 0xFFFE, 9, 6, 0, 1, starts[0])
    head += struct.pack("<IIIIII", 0, 4096, starts[1], count, _END, 0)
    head += struct.pack("<I", 0) + b"\xff" * 432
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    return head + table + body


def _entry(entry):
    name, kind, child, start, size, right = entry
    text = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16xI16xIQ", text, len(text), kind if name != "Root Entry" else 5, 1, _FREE,
        right, child, 0, start, size,
    )  # fmt: skip


MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
