"""In which encoding bytes are written, by rule: a mark, UTF-8, zeros of UTF-16, Windows-1252."""

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Windows-1252 with its five unused bytes as control characters, the way browsers read it.
_WINDOWS = "".join(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(256))


def marked(data: bytes) -> tuple[str, bytes] | None:
    """The encoding that a byte order mark names, and the bytes after it."""
    found = ((encoding, data[len(bom) :]) for bom, encoding in _BOMS if data.startswith(bom))
    return next(found, None)


def wide(data: bytes) -> str | None:
    """UTF-16 without a mark: its text begins with letters that have a NUL next to them."""
    nulls = [byte == 0 for byte in data[:4]]
    if nulls == [False, True] * 2:
        return "utf-16-le"
    return "utf-16-be" if nulls == [True, False] * 2 else None


def line_by_line(data: bytes) -> tuple[str, list[int]]:
    """Windows-1252, or UTF-8 with lines of it among its own, as joined lists have.

    Umlauts of Windows-1252 hardly ever make valid UTF-8. So where most lines with more than
    ASCII are valid, the file is UTF-8, and only the others, named by number from 1, are read as
    Windows-1252.
    """
    lines = data.split(b"\n")
    foreign = {n for n, line in enumerate(lines) if not is_utf8(line)}
    own = sum(not line.isascii() for line in lines) - len(foreign)
    if own <= len(foreign):
        return _windows(data), []
    read = (_windows(line) if n in foreign else line.decode() for n, line in enumerate(lines))
    return "\n".join(read), [n + 1 for n in sorted(foreign)]


def line(data: bytes, *, all_windows: bool) -> tuple[str, bool]:
    """One line of a file of UTF-8 with Windows-1252 in it, or of the latter alone.

    Also whether it is not UTF-8 like the rest.
    """
    if all_windows:
        return _windows(data), False
    return (data.decode(), False) if is_utf8(data) else (_windows(data), True)


def text_of(data: bytes) -> str:
    """The text of bytes, whatever they are; what cannot be read becomes U+FFFD."""
    if found := marked(data):
        return found[1].decode(found[0], "replace")
    if b"\0" in data:
        return data.decode(wide(data) or "utf-8", "replace")
    return line_by_line(data)[0]


def is_utf8(line: bytes) -> bool:
    """Whether the bytes are valid UTF-8."""
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _windows(data: bytes) -> str:
    return codecs.charmap_decode(data, "strict", _WINDOWS)[0]
