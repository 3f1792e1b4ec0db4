"""A client of a list as lines of text: as it would lie in the binder."""

from tickler.formats.lists import first_client as first
from tickler.formats.lists.clients import ClientRow


def first_client(row: ClientRow) -> list[str]:
    """The first client of a list, field by field, so that a wrong column is seen."""
    told = [f"  {name}: {text}" for name, text in first.fields_of(row)]
    return [f"the first one, {first.where(row)}, would be:", *told]
