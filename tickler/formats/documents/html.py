"""HTML as a person reads it: the text of a page, its lines where a browser breaks them.

Not with the parser of the standard library: on pages broken on purpose its time grows with the
square of their length. Here each letter is read a few times at most.
"""

import html
import re

#: Begin a line of their own.
_LINES = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl",
        "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "html", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot",
        "thead", "tr", "ul",
    }
)  # fmt: skip

#: Have a blank line around them.
_PARAGRAPHS = frozenset(
    {"blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"}
)

#: What is between their tags is not for reading.
_UNREAD = frozenset({"head", "noembed", "noframes", "script", "style", "template", "title"})

_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9:-]{0,40}")
_HREF = re.compile(r"""\bhref\s*=\s*["']?\s*(https?://[^\s"'<>]{1,500})""", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f\u200b\u200c\u00ad\ufeff]+")
_LONG_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_ROOM = re.compile(r"\n{3,}")


def readable(page: str) -> str:
    """The text of a page; a link is followed by its address where its words do not have it."""
    return _Reader(page).read()


class _Reader:
    """Goes through a page once. What has no end is text, or ends with the page."""

    def __init__(self, page: str) -> None:
        self._page, self._low = page, page.lower()
        self._endless = set[str]()  # ends that do not come any more
        self._lines: list[str] = []
        self._words: list[str] = []
        self._link: tuple[str, int] | None = None

    def read(self) -> str:
        place = 0
        while (start := self._page.find("<", place)) >= 0:
            self._say(self._page[place:start])
            place = self._tag(start)
        self._say(self._page[place:])
        self._break()
        return _ROOM.sub("\n\n", "\n".join(self._lines)).strip()

    def _tag(self, start: int) -> int:
        """Read what begins with `<`; returns where to read on."""
        if self._low.startswith("<!--", start):
            return self._after("-->", start + 4)
        name = _NAME.match(self._page, start + 1)
        if not name and self._page[start + 1 : start + 2] not in ("!", "?", "/"):
            self._say("<")  # as in “a < b”
            return start + 1
        end = self._after(">", start + 1)
        if name:
            self._element(name[0].lower(), self._page[name.end() : min(end, name.end() + 4000)])
            if name[0].lower() in _UNREAD:
                return self._after(">", self._after(f"</{name[0].lower()}", end))
        return end

    def _element(self, name: str, rest: str) -> None:
        bare = name.lstrip("/")
        if bare == "a":
            self._end_link()
            href = _HREF.search(rest) if name == "a" else None
            self._link = (html.unescape(href[1]), len(self._words)) if href else None
        elif bare in _LINES:
            self._break(blank=bare == "br")
            if bare in _PARAGRAPHS:
                self._break(blank=True)
            if name == "li":
                self._words.append("- ")
        elif name in ("td", "th"):
            self._words.append(" ")

    def _end_link(self) -> None:
        """Put the address of a link after its words, if they do not have it themselves."""
        if self._link:
            address, since = self._link
            words = "".join(self._words[since:]).strip()
            bare = address.removeprefix("https://").removeprefix("http://").rstrip("/")
            if words and bare.lower() not in words.lower():
                self._words.append(f" <{address}>")
        self._link = None

    def _say(self, text: str) -> None:
        if text:
            whole = html.unescape(_LONG_NUMBER.sub("�", text))
            self._words.append(_BLANKS.sub(" ", whole))

    def _break(self, *, blank: bool = False) -> None:
        """End the line; what is empty is a line of its own only where a `blank` one is meant."""
        self._end_link()
        line = " ".join("".join(self._words).split())
        self._words = []
        if line or blank:
            self._lines.append(line)

    def _after(self, end: str, place: int) -> int:
        """The place after the next `end`, or the end of the page."""
        found = -1 if end in self._endless else self._low.find(end, place)
        if found < 0:
            self._endless.add(end)
            return len(self._page)
        return found + len(end)
