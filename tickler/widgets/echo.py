"""What a typed date means, as forms and screens say it while it is typed."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from tickler.core.text import printable
from tickler.core.views import Echo, StretchEcho

_BETWEEN = " · "


def echo_text(echo: Echo, width: int, before: Sequence[str] = ()) -> Content:
    """`→ Fri 4 Dec 14:30 · 8 of 19 · ● agreed · 14:00 Tsukishiro! · free: 10:00, 16:00`.

    In lines of at most `width` cells, none of which breaks a fact. `before` are facts that go
    before the warnings.
    """
    return flowing(_facts(echo, before), width)


def _facts(echo: Echo, before: Sequence[str] = ()) -> list[Content]:
    when, *rest = echo.brief.split(_BETWEEN)
    agreed = ["● agreed"] * echo.next.agreed
    facts = [Content.styled(printable(each), "bold") for each in (when, *rest, *agreed, *before)]
    facts += [Content(printable(str(each))) for each in echo.nearby]
    clashes = [f"{remark.text}!" for remark in echo.remarks if remark.code == "clash"]
    facts += [Content.styled(printable(each), "$text-warning") for each in clashes]
    if echo.free:
        facts.append(Content(f"free: {', '.join(f'{at:%H:%M}' for at in echo.free)}"))
    warned = [each.after(rest) for each in echo.remarks if each.code != "clash"]
    return facts + [Content.styled(printable(each), "$text-warning") for each in warned]


def echo_line(echo: Echo) -> Content:
    """As `echo_text`, on one line."""
    return Content(_BETWEEN).join(_facts(echo))


def stretch_text(echo: StretchEcho, width: int) -> Content:
    """`→ Thu 24 Dec – Wed 6 Jan 2027 · 7 working days`, and what to warn of, as `echo_text`."""
    facts = [Content.styled(printable(each), "bold") for each in echo.text.split(_BETWEEN)]
    facts += [Content.styled(printable(r.text), "$text-warning") for r in echo.remarks]
    return flowing(facts, width)


def flowing(facts: Iterable[Content], width: int) -> Content:
    """Facts with dots between them, in lines that break between two facts where one is full."""
    lines: list[Content] = []
    for fact in facts:
        if lines and lines[-1].cell_length + len(_BETWEEN) + fact.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], _BETWEEN, fact)
        else:
            lines.append(fact)
    return Content("\n").join(lines)
