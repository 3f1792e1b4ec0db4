"""The sample binder under `data/` is whole, consistent and fresh on any day."""

import tomllib
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise, takewhile
from pathlib import Path

import pytest

from tickler.core.dates.parse import read
from tickler.core.dates.workdays import Calendar
from tickler.core.filing.slips import Term
from tickler.core.filing.slots import Month, NextContact, slot_of
from tickler.core.text import fold, had_controls, phone_key

FILE = Path(__file__).parents[3] / "data" / "clients.toml"
CLIENTS = tomllib.loads(FILE.read_text(encoding="utf-8"))["client"]

PLACES = {"next", "late", "month", "inbox", "status"}
CARD = {
    "name", "agreed", "kind", "what", "attempts", "slides", "segment", "tags", "source",
    "street", "postcode", "city", "country", "website", "phone", "email", "fields",
    "people", "history", "slips",
}  # fmt: skip
PERSON = {"name", "position", "phone", "mobile", "email", "decides"}
ENTRY = {"ago", "due", "at", "kind", "outcome", "minutes", "text"}
SLIP = {"kind", "text", "next", "late", "ago", "at", "ticked", "told"}
KINDS = {"first-call", "call", "meeting", "email", "offer", "visit", "other"}
OUTCOMES = {
    "reached", "no-answer", "decision-maker", "callback", "offer-asked",
    "order", "refused", "sent", "done",
}  # fmt: skip

# A Monday, the longest window's end, the shortest window, a leap day, and the turn of a year.
WORKING_DAYS = (
    date(2026, 11, 23), date(2025, 1, 31), date(2026, 2, 2), date(2028, 2, 29), date(2025, 12, 31),
)  # fmt: skip

every_client = pytest.mark.parametrize("client", CLIENTS, ids=[c["name"] for c in CLIENTS])
any_working_day = pytest.mark.parametrize("today", WORKING_DAYS, ids=str)

#: Of each family, which goes through all clients on all days.
pytestmark = pytest.mark.every(7)


def planned(client, today) -> NextContact:
    return read(client["next"], today, Calendar())


def slots(today) -> Counter[str]:
    return Counter(slot_of(planned(c, today), today) for c in CLIENTS if "next" in c)


def test_62_clients_with_names_that_differ_when_folded():
    assert len({fold(client["name"]) for client in CLIENTS}) == len(CLIENTS) == 62


def test_the_binder_is_spread_as_a_real_one_is():
    places = Counter(place for client in CLIENTS for place in PLACES & client.keys())
    assert places == {"next": 33, "late": 12, "month": 10, "inbox": 3, "status": 4}
    months = sorted(c["month"] for c in CLIENTS if "month" in c)
    assert months == [0, 0, 1, 2, 3, 4, 6, 9, 11, 15]


def test_no_phone_number_is_written_twice():
    cards = [*CLIENTS, *(person for c in CLIENTS for person in c.get("people", []))]
    numbers = [card[key] for card in cards for key in ("phone", "mobile") if key in card]
    assert [n for n, times in Counter(map(phone_key, numbers)).items() if times > 1] == []


@every_client
def test_a_client_lies_in_one_place(client):
    assert len(PLACES & client.keys()) == 1


@every_client
def test_every_key_is_known(client):
    assert client.keys() <= CARD | PLACES
    assert all(person.keys() <= PERSON for person in client.get("people", []))
    assert all(entry.keys() <= ENTRY for entry in client.get("history", []))
    assert all(slip.keys() <= SLIP for slip in client.get("slips", []))
    assert all(isinstance(value, str) for value in client.get("fields", {}).values())


@every_client
def test_the_words_are_those_of_the_binder(client):
    assert client.get("status", "won") in {"won", "lost", "resting"}
    assert client["segment"] in {"A", "B", "C"}
    assert ("kind" in client) == ("status" not in client)
    assert client.get("kind", "call") in KINDS
    assert len(client.get("what", "")) <= 30
    for entry in client.get("history", []):
        assert entry["kind"] in KINDS | {"note", "complaint"}
        assert ("outcome" in entry) == (entry["kind"] in KINDS)
        assert entry.get("outcome", "done") in OUTCOMES


@every_client
def test_addresses_belong_to_nobody(client):
    assert client["website"].endswith(".example")
    domain = client["website"].removeprefix("https://www.")
    people = client["people"]
    for mail in (client["email"], *(p["email"] for p in people if "email" in p)):
        assert mail.isascii()
        assert mail.endswith(f"@{domain}")


@every_client
def test_texts_have_no_control_characters(client):
    texts = [client["name"], client.get("what", ""), *(p["name"] for p in client["people"])]
    texts += [line["text"] for line in (*client.get("history", []), *client.get("slips", []))]
    assert not any(had_controls(text) for text in texts)


@every_client
def test_history_stands_newest_first(client):
    times = [(-entry["ago"], entry["at"]) for entry in client.get("history", [])]
    assert times == sorted(times, reverse=True)
    assert all(entry["ago"] >= 1 for entry in client.get("history", []))


@every_client
def test_attempts_are_the_newest_entries_without_an_answer(client):
    outcomes = [entry.get("outcome") for entry in client.get("history", [])]
    unanswered = list(takewhile(lambda outcome: outcome == "no-answer", outcomes))
    assert client.get("attempts", 0) == len(unanswered)


@any_working_day
@pytest.mark.parametrize("client", [c for c in CLIENTS if "late" in c], ids=lambda c: c["name"])
def test_a_late_client_was_last_spoken_to_before_the_day_it_missed(client, today):
    missed = Calendar().plus(today, -client["late"])
    spoken = [e for e in client["history"] if e.get("outcome", "no-answer") != "no-answer"]
    assert all(today - timedelta(days=entry["ago"]) < missed for entry in spoken)


@any_working_day
@pytest.mark.parametrize("client", [c for c in CLIENTS if "next" in c], ids=lambda c: c["name"])
def test_every_date_is_read_and_lies_on_a_working_day_of_the_window(client, today):
    when = planned(client, today)
    assert when.on is not None
    assert Calendar().is_working(when.on)
    assert slot_of(when, today).startswith("day:")


@any_working_day
def test_today_has_nine_and_one_day_a_pile(today):
    counts = slots(today)
    assert counts.pop(f"day:{today.day}") == 9
    assert counts.pop(f"day:{Calendar().plus(today, 4).day}") == 7
    assert max(counts.values()) <= 3


@any_working_day
def test_slips_are_due_on_working_days_after_they_were_made(today):
    slips = [slip for client in CLIENTS for slip in client.get("slips", []) if "ticked" not in slip]
    assert Counter(slip["kind"] for slip in slips) == {"promise": 3, "answer": 1, "appointment": 1}
    days = []
    for slip in slips:
        assert ("late" in slip) != ("next" in slip)
        late = Calendar().plus(today, -slip["late"]) if "late" in slip else None
        due = late or planned(slip, today).on
        assert Calendar().is_working(due)
        assert today - timedelta(days=slip["ago"]) < due
        days.append(due)
    assert sum(day < today for day in days) == days.count(today) == 1


@any_working_day
def test_ticked_promises_were_kept_but_for_a_few(today):
    slips = [slip for client in CLIENTS for slip in client.get("slips", []) if "ticked" in slip]
    states = Counter()
    for slip in slips:
        ticked, told = (
            Calendar().on_or_before(today - timedelta(days=slip[key])) if key in slip else None
            for key in ("ticked", "told")
        )
        assert today - timedelta(days=slip["ago"]) <= ticked
        states[Term(Calendar().plus(today, -slip["late"]), ticked, told, told).state(today)] += 1
    late = states["kept-late"] + states["told"]
    assert states.keys() == {"kept", "kept-late", "told"}
    assert states["kept"] > 2 * late


@every_client
def test_a_contact_was_due_after_the_one_before(client):
    history = client.get("history", [])
    for entry, before in pairwise(history):
        assert entry.get("due", entry["ago"]) <= before["ago"]


def test_times_and_marks_are_read_as_typed():
    monday = date(2026, 11, 23)
    by_name = {client["name"]: client for client in CLIENTS}
    acme = planned(by_name["ACME"], monday)
    assert (acme.on, f"{acme.at:%H:%M}", acme.agreed) == (monday, "09:30", True)
    eder = planned(by_name["Eder & Sohn"], monday)
    assert (eder.on, f"{eder.at:%H:%M}", eder.agreed) == (monday, "11:00", False)
    visit = planned(by_name["Quistgaard Maskinfabrik A/S"], monday)
    assert (visit.on, visit.at, visit.agreed) == (date(2026, 11, 30), None, True)


@any_working_day
def test_month_inserts_reach_from_needs_a_day_to_later(today):
    filed = (NextContact(month=Month.of(today).plus(c["month"])) for c in CLIENTS if "month" in c)
    found = [slot_of(when, today) for when in filed]
    assert found.count(f"day:{today.day}") == 2
    assert found.count("later") == 1
    assert sum(slot.startswith("month:") for slot in found) == 7
