"""Finding dossiers: by the name a person types, by words, by the digits of a number."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import chain

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import col

from tickler.core.contact.kinds import ReachKind, Status
from tickler.core.dates import parse
from tickler.core.numbers import numbers
from tickler.core.remark import Remark
from tickler.core.search import names
from tickler.core.search.query import nearness, words_of
from tickler.core.text import (
    LONGEST_LINE,
    SHORTEST_NUMBER,
    fold,
    phone_key,
    quote,
    through_trunk,
    trunks_of,
)
from tickler.core.views import DossierRow
from tickler.desk import Work
from tickler.errors import Ambiguous, Candidate, Hint, NotFound, Refused, Unreadable
from tickler.models import Dossier, Reach
from tickler.services.clients import read, shared_card
from tickler.store import search

#: More hits than this are not shown; the face says how many there are.
MOST_HITS = 200

_A_NUMBER = re.compile(r"[\d\s+()/.-]+")
_LAST = "\U0010ffff"
_ALIKE = 0.6
_NAMED = 3
_LOOKED_AT = 200


def the_one(work: Work, who: str, *, open_only: bool = False, closed_first: bool = False) -> int:
    """The id of the one dossier that `who` means: an id, a name, words or beginnings of its words.

    Raises Ambiguous with the candidates, NotFound with names of close spelling, and, where only
    an open one will do, Refused for a closed one.
    """
    typed = who.strip()
    if not typed:
        raise Unreadable("the name is empty")
    ids = numbers(typed)
    if len(ids) == 1:
        by_id = _with_name(work, col(Dossier.id) == ids[0])
        found = list(dict.fromkeys((*by_id, *called(work, typed))))
        if not found:
            raise NotFound(f"there is no dossier #{ids[0]}")
    else:
        found = named(work, typed, closed_first=closed_first)
    if not found and ids:
        raise Unreadable(f"one dossier at a time here: {quote(typed, LONGEST_LINE)} are several")
    if not found:
        raise _unknown(work, typed)
    if len(found) > 1:
        listed = candidates(work, [key for key, _ in found])
        raise Ambiguous(
            f"{quote(typed, LONGEST_LINE)} could be {len(found)} dossiers", candidates=listed
        )
    ((key, status),) = found
    if open_only and status is not Status.OPEN:
        row = read.by_id(work, key)
        sentence = f"{row.name} is in the cabinet ({row.status})"
        raise Refused(sentence, hint=Hint.REOPEN, about=key)
    return key


def the_one_before(work: Work, who: str, word: str) -> int:
    """As `the_one`, where a text follows the name; `word` is its first one, or the whole text.

    Raises Unreadable where that is one more word of the name: `kranbau süd reached`.
    """
    key = the_one(work, who)
    if not word or any(letter.isspace() for letter in word) or numbers(who):
        return key
    name = work.ask(select(col(Dossier.name)).where(col(Dossier.id) == key)).scalar_one()
    if names.goes_on(who, name, word):
        raise Unreadable(
            f"{quote(word)} is a word of the name {quote(name)}: quote the name, or the whole text"
        )
    return key


def several(work: Work, who: str, *, open_only: bool = True) -> list[int]:
    """The ids of `42,43,50`, each once, in this order; or of the one dossier that a name means.

    Raises as `the_one` does, and Ambiguous where a dossier is called `42,43,50`.
    """
    ids = numbers(who)
    if len(ids) > 1 and (so_called := called(work, who)):
        listed = candidates(work, [key for key, _ in so_called])
        raise Ambiguous(
            f"{quote(who)} could be a name or {len(ids)} dossiers: #{ids[0]} is always an id",
            candidates=listed,
        )
    typed = [who] if len(ids) < 2 else [part.strip() for part in who.split(",")]
    return list(dict.fromkeys(the_one(work, each, open_only=open_only) for each in typed))


def named_like_an_id(name: str, key: int) -> list[Remark]:
    """The warning that a dossier's name can be another one's id: as NAME it is ambiguous then."""
    if not numbers(name):
        return []
    text = f"a number as NAME can be the id of another one: #{key} always means this dossier"
    return [Remark("name-like-id", text)]


def named(work: Work, typed: str, *, closed_first: bool = False) -> list[tuple[int, Status]]:
    """The dossiers whose names fit best what is typed; open ones before closed ones.

    Where no name fits, those with the number, if it is one as it is written.
    """
    words = names.indexed_words(typed)
    hits = _fitting(work, typed, words)
    if not hits and (shortened := names.without_apostrophe(words)):
        hits = _fitting(work, typed, shortened)
    if not hits and len(phone_key(typed)) >= SHORTEST_NUMBER:
        numbered = _named_rows(work, by_number(work, typed))
        hits = [(key, status) for key, _, status in numbered]
    return [hit for hit in hits if (hit[1] is Status.OPEN) != closed_first] or hits


def namesakes(work: Work, name: str) -> list[tuple[int, str, Status]]:
    """The dossiers whose names are that one but for spelling, or an order of words; open ones
    first, by name. Each with its id and name."""
    words = names.indexed_words(name)
    asked = [tuple(chain(each, *names.without_apostrophe([each]))) for each in words]
    near = search.named_with(work.connection, work.rep_id, fold(name), asked)
    wanted = names.same_key(name)
    found = [
        (key, known, Status(status))
        for key, known, status in near
        if names.same_key(known) == wanted
    ]
    return sorted(found, key=lambda each: (each[2] is not Status.OPEN, fold(each[1]), each[0]))


def refuse_taken(
    work: Work, name: str, *, own: int | None = None, hint: Hint | None = None
) -> list[tuple[int, str, Status]]:
    """Refuse the name of an open dossier other than one's `own`; all that are called nearly so."""
    found = [each for each in namesakes(work, name) if each[0] != own]
    taken = [
        key for key, known, status in found if status is Status.OPEN and fold(known) == fold(name)
    ]
    if taken:
        same = read.by_ids(work, taken)
        has_day = same[0].next.on or same[0].next.month
        where = parse.spoken(same[0].next, work.settings.date_words) if has_day else same[0].slot
        raise Refused(
            f"{same[0].name} is in the binder as #{same[0].id} ({where})",
            hint=hint,
            candidates=candidates(work, [row.id for row in same]),
        )
    return found


def alike(found: Sequence[tuple[int, str, Status]]) -> list[Remark]:
    """The warning that dossiers are called so in another spelling, or are in the cabinet."""
    if not found:
        return []
    listed = ", ".join(
        f"{known} (#{key}{', in the cabinet' * (status is not Status.OPEN)})"
        for key, known, status in found[:_NAMED]
    )
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return [Remark("name-alike", f"there is a client of that name already: {listed}{more}")]


def _fitting(work: Work, typed: str, words: Sequence[tuple[str, ...]]) -> list[tuple[int, Status]]:
    near = search.named_with(work.connection, work.rep_id, fold(typed), words)
    best = names.best(typed, near, lambda row: row[1])
    found = sorted((status != Status.OPEN, key, status) for key, _, status in best)
    return [(key, Status(status)) for _, key, status in found]


def find(work: Work, words: str) -> list[DossierRow]:
    """The dossiers that have every word in a name, a person's name, or as digits of a number.

    `search.find` searches everything else, too. Best first: the name itself, names that
    begin so, words that begin so, the rest; open ones before the cabinet.
    """
    if not fold(words):
        raise Unreadable("type at least one word or number to find")
    ranked = sorted(
        _named_rows(work, having(work, words)), key=lambda row: nearness(row[1], fold(words))
    )
    return list(read.by_ids(work, [key for key, *_ in ranked[:MOST_HITS]]))


def ring(work: Work, digits: str) -> list[DossierRow]:
    """The dossiers with a number that ends in these digits, or that these digits end in."""
    key = phone_key(digits)
    if len(key) < 2:
        raise Unreadable(f"{quote(digits)} has too few digits: type two or more")
    ranked = sorted(_named_rows(work, _rung_by(work, key)), key=lambda row: nearness(row[1], ""))
    return list(read.by_ids(work, [key for key, *_ in ranked[:MOST_HITS]]))


def _rung_by(work: Work, key: str) -> list[int]:
    found = _with_key(work, key)
    if found or len(key) < SHORTEST_NUMBER:
        return found
    whole = _keys(work, col(Reach.key).in_([key[:n] for n in range(SHORTEST_NUMBER, len(key))]))
    return whole or _by_trunk(work, key)


def _by_trunk(work: Work, key: str) -> list[int]:
    """Those with the number of a switchboard (`030 4711-0`) that the extension belongs to."""
    trunks = [f"0{trunk}" for trunk in trunks_of(key)]
    longer = [(col(Reach.key) >= each) & (col(Reach.key) < each + "~") for each in trunks]
    shorter = {each[:n] for each in trunks for n in range(SHORTEST_NUMBER, len(each))}
    near = or_(*longer, col(Reach.key).in_(shorter)) & (col(Reach.kind) != ReachKind.EMAIL)
    found = shared_card.having_reach(col(Dossier.id), col(Reach.value)).where(near)
    return list(dict.fromkeys(key_ for key_, value in work.ask(found) if through_trunk(value, key)))


def rings(number: str, digits: str) -> bool:
    """Whether a number is one that `ring` finds by these digits."""
    stored, key = phone_key(number), phone_key(digits)
    whole = len(stored) >= SHORTEST_NUMBER and key.startswith(stored)
    return stored.startswith(key) or whole or through_trunk(number, key)


def _by_name(row: DossierRow) -> tuple[str, int]:
    return fold(row.name), row.id


def candidates(work: Work, ids: Iterable[int]) -> list[Candidate]:
    """The dossiers as an error lists them, by name."""
    found = read.by_ids(work, list(ids)[:MOST_HITS])
    ranked = sorted(found, key=_by_name)
    return [Candidate(row.id, row.name, row.slot) for row in ranked]


def having(work: Work, words: str) -> set[int]:
    """The ids of the dossiers with these words, or this number, in name or people."""
    if numbered := by_number(work, words):
        return set(numbered)
    hits: set[int] | None = None
    for word in words_of(words):
        named_so = (search.named_like(work.connection, each) for each in word.spellings)
        found = {*chain.from_iterable(named_so), *_with_number(work, word.text)}
        hits = found if hits is None else hits & found
    return hits or set()


def by_number(work: Work, typed: str) -> list[int]:
    """The ids of the dossiers with the number that was typed; none where it is not a number."""
    key = phone_key(typed) if _A_NUMBER.fullmatch(typed.strip()) else ""
    return _rung_by(work, key) if len(key) >= search.SHORTEST else []


def _with_name(work: Work, condition: ColumnElement[bool]) -> list[tuple[int, Status]]:
    mine = col(Dossier.owner_id) == work.rep_id
    found = work.ask(select(col(Dossier.id), col(Dossier.status)).where(mine, condition))
    return [(key, status) for key, status in found]


def _named_rows(work: Work, ids: Iterable[int]) -> list[tuple[int, str, Status]]:
    """Id, folded name and status of the rep's own among these; open ones first, by name."""
    columns = (col(Dossier.id), col(Dossier.folded), col(Dossier.status))
    mine = col(Dossier.owner_id) == work.rep_id
    found: list[tuple[int, str, Status]] = []
    for batch in read.batches(ids):
        rows = work.ask(select(*columns).where(mine, col(Dossier.id).in_(batch)))
        found += [(key, name, status) for key, name, status in rows]
    return sorted(found, key=lambda row: (row[2] is not Status.OPEN, row[1], row[0]))


def called(work: Work, name: str) -> list[tuple[int, Status]]:
    """The dossiers whose whole name that is."""
    return _with_name(work, col(Dossier.folded) == fold(name))


def _with_number(work: Work, word: str) -> list[int]:
    key = phone_key(word)
    return _with_key(work, key) if len(key) >= 3 and not re.search(r"[a-z]", word) else []


def _with_key(work: Work, key: str) -> list[int]:
    begun = (col(Reach.key) >= key) & (col(Reach.key) < key + "~")
    return _keys(work, begun & (col(Reach.kind) != ReachKind.EMAIL))


def _keys(work: Work, condition: ColumnElement[bool]) -> list[int]:
    """The dossiers with such a number or address; the card's own are those of all who share it."""
    found = shared_card.having_reach(col(Dossier.id)).where(condition)
    return list(work.ask(found.distinct()).scalars())


def _likeness(typed: str, name: str) -> float:
    """How alike the typed text is to the name, or to as many words of it: 0 to 1."""
    words, many = name.split(), len(typed.split())
    parts = {" ".join(words[n : n + many]) for n in range(len(words) - many + 1)}
    return max(SequenceMatcher(None, typed, part).ratio() for part in (name, *parts))


def _unknown(work: Work, typed: str) -> NotFound:
    folded = fold(typed)
    begun_alike = select(col(Dossier.id), col(Dossier.folded)).where(
        col(Dossier.owner_id) == work.rep_id,
        col(Dossier.folded) >= folded[:1],
        col(Dossier.folded) < folded[:1] + _LAST,
    )
    close = {
        *search.resembling(work.connection, folded, _LOOKED_AT),
        *((key, name) for key, name in work.ask(begun_alike.limit(_LOOKED_AT))),
    }
    alike = sorted(((_likeness(folded, name), key) for key, name in close), reverse=True)
    near = [key for ratio, key in alike if ratio >= _ALIKE][:5]
    own = {key for key, *_ in _named_rows(work, near)}
    offered = candidates(work, [key for key in near if key in own])
    hint = "; close are: " + ", ".join(c.name for c in offered) if offered else ""
    return NotFound(f"no dossier is called {quote(typed, LONGEST_LINE)}{hint}", candidates=offered)
