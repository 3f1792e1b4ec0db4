"""The part of a pile that fits what is typed: words, and the filters that a list takes."""

from dataclasses import replace

from tickler.core.filing import narrow
from tickler.core.filing.pile import PileView
from tickler.core.search import query
from tickler.desk import Work
from tickler.services.clients import filters
from tickler.store import search_sql


def narrowed(work: Work, view: PileView, typed: str) -> PileView:
    """What of a pile fits; raises Unreadable, NotFound for a filter or value that there is not."""
    query.refuse_apart(typed)
    sought = query.read(typed)
    # On a pile `kind:` is what is to be done; the rest is asked as for a list.
    asked = replace(sought, words=(), kinds=())
    fitting = None
    if asked.has_filters:
        fitting = {*search_sql.lying_by_name(work.connection, filters.conditions(work, asked))}
    return narrow.narrowed(view, sought, fitting)
