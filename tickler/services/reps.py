"""Whose binder it is."""

from sqlmodel import col, select

from tickler.core.text import fold, one_line, quote
from tickler.core.views import Receipt
from tickler.desk import Work
from tickler.errors import Refused, Unreadable
from tickler.models import Rep


def rename(work: Work, name: str) -> Receipt:
    """Give the rep another name; raises Unreadable for none, Refused for that of another rep."""
    if not (new := one_line(name)):
        raise Unreadable("the new name is empty")
    other = select(Rep).where(col(Rep.folded) == fold(new), col(Rep.id) != work.rep_id)
    if work.session.exec(other).first():
        raise Refused(f"another rep of this binder is called {quote(new)}")
    rep = work.session.get_one(Rep, work.rep_id)
    work.summary = f"{rep.name} is called {new}"
    if (rep.name, rep.folded) == (new, fold(new)):
        return Receipt(rename.__name__, None, f"the rep is called {new} already")
    rep.name, rep.folded = new, fold(new)
    return Receipt(rename.__name__, work.change, work.summary)
