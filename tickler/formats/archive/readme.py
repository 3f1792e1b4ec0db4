"""The page in an archive that says how to read it without tickler."""

from collections.abc import Mapping

#: What a row of each table is.
TABLES: Mapping[str, str] = {
    "rep": "a person whose binder this is, or who wrote in it",
    "card": "a client's address and data; `fields` are columns of the rep's own",
    "dossier": "a client: its card, the next contact, and where it is in the binder",
    "tag": "a word on a dossier",
    "person": "a contact person of a dossier",
    "reach": "a phone number or e-mail address, of a person or (person_id null) of the client",
    "entry": "a line of history",
    "correction": "what a line of history said before it was corrected",
    "slip": "a promise, an appointment or the like on a dossier, with its days",
    "mail": "what a line of history has in addition where it is a mail",
    "sheet": "a form as it was filled in: the questions, and the answers by their keys",
    "attachment": "a file on a dossier: its name there, and which content it has",
    "content": "the content of a file: `digest` is its name under files/, `text` what it says",
    "absence": "days on which a rep does not work: from `first` up to, not including, `after`",
    "draft": "text that was being typed and is not filed yet",
    "printout": "a printed pile: its lines are dossiers, and with a minus slips, by their ids",
    "column_map": "what the columns of an imported list were said to mean",
    "handover": "a pile that was handed to a colleague, and the days that it was for",
    "handover_row": "a row as it was handed over: `base` is what it said then",
    "forgotten": "that a client was forgotten; of the name a digest alone is kept",
}

_TEXT = """\
This is a binder of tickler: clients, and everything that is known about them.

To read it with tickler, import it into a new binder:

    tickler --db new.db import binder.zip

To read it without tickler, unpack it. All texts are UTF-8.

binder.json     what is in here: how many rows each table has, and which columns
NAME.jsonl      a table: each line is one row, written as a JSON object
files/DIGEST    the bytes of a file, named by their SHA-256

Each row has a number, `id`, and others name it: `card_id` in dossier.jsonl is the `id` of
a line of card.jsonl. A column that is empty is null, or "".

Days are YYYY-MM-DD, months YYYY-MM, times of day HH:MM:SS at the rep's desk. Instants end
with Z: they are in UTC.

A dossier's next contact is on the day `next_on` or in the month `next_month`, at the time
`next_at` or in the half of the day `next_half`. `agreed`: the client knows this date. `every`
is a rhythm, `ideal` and `longest` the time between contacts. `status` is open, won, lost or
resting. `filed_from` and `filed_to` of a line of history say from which day to which day
the dossier was moved. `folded` and `key` are for searching: a name without accents and capital
letters, a number with its digits reversed. tickler computes them again when it imports.

The tables:

"""


def readme() -> str:
    """The page's text."""
    return _TEXT + "".join(f"{name}.jsonl\n    {text}\n" for name, text in TABLES.items())
