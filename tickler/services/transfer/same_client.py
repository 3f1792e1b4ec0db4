"""Who a row of a list is, among the clients of its name."""

from collections.abc import Collection

from tickler.formats.lists.clients import ClientRow
from tickler.services.transfer import list_news, list_reaches
from tickler.services.transfer.list_client import Client, is_personal
from tickler.services.transfer.list_dates import ListDates


def match(known: Collection[Client], row: ClientRow, dates: ListDates) -> Client | None:
    """The client of the row's name that the row is about, if there is one.

    Who knows all of it already is the one: so a list read twice adds nothing the second time.
    Then an e-mail or number in common decides. Else it is the one whom nothing distinguishes from
    the row: no other place, and no e-mails or no numbers that differ, unless the row tells of
    another person there; where that holds for several, none of them is guessed.
    """
    for client in known:
        if list_news.knows(client, row, dates):
            return client
    if not known:
        return None
    keys = list_reaches.keys_of(row)
    for client in known:
        if client.shares(keys):
            return client
    alike = [client for client in known if _could_be(client, row, keys)]
    return alike[0] if len(alike) == 1 else None


def _could_be(client: Client, row: ClientRow, keys: set[str]) -> bool:
    if client.is_elsewhere(row):
        return False
    colleague = bool(row.people) and not (is_personal(row) or client.personal)
    of_company = not (row.people or client.personal)
    return colleague or client.is_here(row) or not client.differs(keys, of_company=of_company)


def says_who(row: ClientRow) -> bool:
    """Whether the row has more than a name by which its client is told from a namesake."""
    return bool(row.people or row.reaches or row.street or row.postcode or row.city)
