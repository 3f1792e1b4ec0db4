"""Mails that no person wrote: bounces, notes of absence, receipts, lists; with or without headers.

Headers are those of RFC 3834 (Auto-Submitted), 2919 and 2369 (lists), 3464 (bounces) and 8098
(receipts), and what mailers had before them; the words are those of their usual texts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from tickler.core.contact.mail_text import own_part
from tickler.core.dates import parse
from tickler.core.dates.workdays import Calendar
from tickler.core.text import fold
from tickler.errors import Unreadable


class Automatic(StrEnum):
    """What kind of mail a program sent."""

    BOUNCE = "came back"
    AWAY = "absence"
    RECEIPT = "receipt"
    LIST = "list"
    ROBOT = "automatic"


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells of a mail that a program sent it. `headers` have lower-case names.

    `report` is the type of a multipart/report, `sender` the address of who wrote, `is_answerable`
    whether somebody else reads what is answered.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    report: str = ""
    sender: str = ""
    subject: str = ""
    text: str = ""
    is_answerable: bool = False


#: No more than this of a text is looked at, in characters: such mails are short.
_LOOKED_AT = 4000

_DAEMON = re.compile(r"(?:mailer-?daemon|postmaster|mail-?delivery\b.*|microsoftexchange\w*)@")
_NO_REPLY = re.compile(r"(?:.*[._-])?(?:no|do[._-]?not|nicht)[._-]?(?:reply|replay|antworten)\b.*@")
_GOES_ON = re.compile(r"^(?:(?:re|aw|antw|antwort|sv|fwd?|wg|tr)\s*:\s*)+")

_CAME_BACK = re.compile(
    r"(?:undeliver(?:able|ed)\b|unzustellbar|nicht zustellbar|unzustellbare|"
    r"mail delivery (?:failed|failure|status)|mail delivery system|"
    r"delivery (?:status notification|failure|failed|has failed|report)|"
    r"returned mail|failure notice|message (?:could )?not (?:be )?delivered|non[- ]?deliver|"
    r"(?:zustell|ubermittlungs|uebermittlungs)\w*(?:fehler|bericht|status|fehlgeschlagen)|"
    r"zustellung (?:fehlgeschlagen|nicht moglich|der nachricht)|"
    r"fehler bei der (?:zustellung|nachrichtenzustellung)|nachricht (?:konnte )?nicht zugestellt|"
    r"mail (?:konnte )?nicht zugestellt|echec de (?:la )?remise)"
)
#: Subjects that only a program writes.
_AWAY_SUBJECT = re.compile(
    r"\[?(?:(?:automatic(?:ally)?|automatische|automatisierte|automatisch)(?: generated|"
    r" erzeugte)? "
    r"(?:reply|response|answer|antwort|abwesenheit\w*|antwoord)|"
    r"auto[- ]?(?:reply|response|responder|antwort|matic reply)|autoreply|autoresponse|"
    r"(?:out[- ]of[- ](?:the[- ])?office(?: (?:auto ?reply|reply|message|notice))?|ooo)"
    r"\s*(?::|\]|$)|(?:abwesend|abwesenheit|urlaub)\s*:|abwesenheits(?:notiz|meldung|"
    r"benachrichtigung|nachricht|assistent|"
    r"hinweis|info|agent)|urlaubs(?:abwesenheit|notiz|benachrichtigung)|"
    r"vacation (?:reply|notice|message)|reponse automatique|absence du bureau|risposta automatica|"
    r"fuori sede|respuesta automatica|fuera de la oficina|afwezigheidsbericht|autosvar|"
    r"automatiskt svar)"
)
#: Subjects that a person may write too.
_MAYBE_AWAY = re.compile(
    r"(?:out[- ]of[- ](?:the[- ])?office|ooo\b|abwesen|im urlaub|urlaub|(?:on|annual) (?:vacation|"
    r"leave)|"
    r"away\b|(?:ich bin )?(?:derzeit |momentan |aktuell )?nicht im (?:haus|buro|buero)|"
    r"betriebsferien|"
    r"afwezig)"
)
_ROBOT_SUBJECT = re.compile(
    r"(?:(?:eingangs|empfangs)bestatigung\b|(?:eingangs|empfangs)bestaetigung\b|"
    r"(?:acknowledge?ment of receipt|we (?:have )?received your (?:e-?mail|message|request))\b)"
)
_READ_SUBJECT = re.compile(
    r"(?:gelesen|read|lu|letto|leido|lesebestatigung|lesebestaetigung|read receipt|"
    r"return receipt(?: \(displayed\))?|empfangsbestatigung \(angezeigt\)|not read|ungelesen|"
    r"ungelesen geloscht|zugestellt|delivered|ubermittelt|relayed|weitergeleitet)\s*:"
)
_READ_TEXT = re.compile(
    r"(?:your message|ihre nachricht|ihre e-?mail|this is a (?:return )?receipt|dies ist eine "
    r"(?:empfangs|lese)best|the message you sent|die nachricht, die sie)"
)
_IS_AWAY = re.compile(
    r"\b(?:nicht (?:im (?:haus|buro|buero|hause)|erreichbar|an meinem (?:arbeits)?platz|am platz)|"
    r"abwesend|im urlaub|in urlaub|in elternzeit|auf (?:dienst|geschafts)reise|ausser haus|"
    r"ausser hauses|betriebsferien|betriebsurlaub|out of (?:the )?office|away from|on vacation|"
    r"on (?:annual |parental )?leave|on holiday|limited access to (?:my )?e-?mail)\b"
)
#: A ticket system does not write of itself that it comes back.
_WILL_BE_BACK = re.compile(
    r"\b(?:ich bin|bin ich|bin|wir sind|sind wir|i am|i'm|we are|i will be|i'll be|we'll be)\b"
    r"[^.!?]{0,20}(?:\d{1,2}\.\s?\d{0,2}\.?)?[^.!?]{0,30}\b(?:wieder (?:da|im|fur|"
    r"erreichbar|zuruck)|zuruck|back)\b"
)
#: What only a program adds to it.
_SET_UP = re.compile(
    r"(?:nicht (?:automatisch )?weitergeleitet|wird (?:nicht |derzeit nicht )?(?:gelesen|"
    r"bearbeitet|"
    r"weitergeleitet)|not (?:be )?forwarded|automatisch (?:generiert|erstellt|erzeugt)|"
    r"automated (?:reply|response|message)|automatic(?:ally)? (?:reply|response|generated))"
)
#: What a person who is away may write, too.
_MAYBE_SET_UP = re.compile(
    r"(?:in (?:sehr )?dringenden (?:fallen|angelegenheiten)|bei dringenden|in dringenden|"
    r"(?:an|ist) meine(?:n|r)? (?:kolleg|vertret|stellvertret)|meine vertretung|wenden sie sich|"
    r"urgent (?:matters?|cases?|requests?|issues?)|if urgent|in urgent|please contact|"
    r"in my absence|"
    r"wahrend meiner abwesenheit)"
)
_THANKS = re.compile(
    r"(?:dank fur (?:ihre|deine|eure) (?:e-?mail|mail|nachricht|anfrage)|"
    r"(?:thanks|thank you) for your (?:e-?mail|mail|message))"
)
#: A program says first that somebody is away; this many characters are the beginning.
_BEGINNING = 160

_AUTO_TEXT = re.compile(
    r"(?:diese (?:e-?mail|nachricht|mail) wurde automatisch (?:generiert|erstellt|erzeugt|versandt|"
    r"versendet|verschickt)|dies ist eine automati\w+ (?:antwort|nachricht|e-?mail|mail|meldung|"
    r"generierte)|this is an? (?:automated|automatic|auto-generated|automatically generated) "
    r"(?:e-?mail|message|reply|response|notification)|this (?:e-?mail|message) (?:was|has been) "
    r"(?:sent |generated )?automatically|bitte antworten sie nicht auf diese (?:e-?mail|nachricht|"
    r"mail)|"
    r"please do not (?:reply|respond) to this)"
)

_AUTO_HEADERS = (
    "x-autoreply", "x-autorespond", "x-autoreply-from", "x-autoresponder", "x-autogenerated",
    "x-auto-reply-from", "x-mail-autoreply", "x-vacation", "x-fc-machinegenerated",
)  # fmt: skip
_LIST_HEADERS = ("list-id", "list-unsubscribe", "list-post", "list-help", "x-mailing-list")


def kind_of(mail: Traits) -> Automatic | None:
    """What a program sent it as; None for the mail of a person."""
    subject = _GOES_ON.sub("", fold(mail.subject).strip())
    written = own_part(mail.text)
    text = fold(written[:_LOOKED_AT])
    if found := _as_report(mail, subject, text):
        return found
    if _AWAY_SUBJECT.match(subject):
        return Automatic.AWAY
    if _is_declared(mail.headers):
        says_so = _IS_AWAY.search(f"{subject}\n{text}") or _WILL_BE_BACK.search(text)
        return Automatic.AWAY if says_so else Automatic.ROBOT
    if _says_only_that(subject, text, len(written)):
        return Automatic.AWAY
    if _in_bulk(mail.headers):
        return Automatic.LIST
    no_reply = _NO_REPLY.match(mail.sender.casefold()) and not mail.is_answerable
    confirms = _ROBOT_SUBJECT.match(subject) and "?" not in text
    if no_reply or _AUTO_TEXT.search(text) or confirms:
        return Automatic.ROBOT
    return None


def _says_only_that(subject: str, text: str, length: int) -> bool:
    """Whether a short text without headers says that somebody is away, as only a program does."""
    away = _IS_AWAY.search(text)
    if not away or "?" in text or length >= _LOOKED_AT // 2:
        return False
    dated = bool(_UNTIL.search(text) or (_BACK.search(text) and _COMES_BACK.search(text)))
    if _SET_UP.search(text) or (dated and _MAYBE_AWAY.match(subject)):
        return True
    maybe = away.start() < _BEGINNING and _MAYBE_SET_UP.search(text)
    return bool(maybe and (dated or _THANKS.search(text)))


def _as_report(mail: Traits, subject: str, text: str) -> Automatic | None:
    """A bounce or a receipt, by what it says it is; else by who sent it, and its subject."""
    if mail.report == "delivery-status" or "x-failed-recipients" in mail.headers:
        return Automatic.BOUNCE
    if mail.report == "disposition-notification":
        return Automatic.RECEIPT
    from_daemon = bool(_DAEMON.match(mail.sender.casefold()))
    if (from_daemon or mail.headers.get("return-path", "").strip() == "<>") and (
        _CAME_BACK.match(subject)
    ):
        return Automatic.BOUNCE
    if from_daemon:
        return Automatic.BOUNCE if _CAME_BACK.search(text) else Automatic.ROBOT
    if _READ_SUBJECT.match(subject) and _READ_TEXT.match(text.lstrip("> \n\t*")):
        return Automatic.RECEIPT
    return None


def _is_declared(headers: Mapping[str, str]) -> bool:
    submitted = headers.get("auto-submitted", "").strip().casefold()
    answers = headers.get("precedence", "").strip().casefold() == "auto_reply"
    return answers or submitted not in ("", "no") or any(name in headers for name in _AUTO_HEADERS)


def _in_bulk(headers: Mapping[str, str]) -> bool:
    precedence = headers.get("precedence", "").strip().casefold()
    return precedence in ("bulk", "list", "junk") or any(name in headers for name in _LIST_HEADERS)


# When somebody is back.

_MONTHS = (
    "januar|february|februar|january|jan|feb|marz|maerz|march|mar|mrz|april|apr|mai|may|juni|june|"
    "jun|"
    "juli|july|jul|august|aug|september|sept|sep|oktober|october|okt|oct|november|nov|dezember|"
    "december|"
    "dez|dec|janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre"
)
#: As the reader of dates knows them.
_FRENCH = {
    "janvier": "january", "fevrier": "february", "mars": "march", "avril": "april", "juin": "june",
    "juillet": "july", "aout": "august", "septembre": "september", "octobre": "october",
    "novembre": "november", "decembre": "december",
}  # fmt: skip
_FRENCH_MONTH = re.compile(rf"\b(?:{'|'.join(_FRENCH)})\b")
_DAY = (
    r"(?:(?:mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
    r"\.?,?\s+)?(?:(?:dem|den|the)\s+)?"
    r"(?P<day>\d{4}-\d\d?-\d\d?|\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4}|\d\d)?|"
    r"\d{1,2}/\d{1,2}(?:/\d{2,4})?|"
    rf"\d{{1,2}}(?:\.|st|nd|rd|th|er)?\s*(?:of\s+)?(?:{_MONTHS})\b\.?(?:,?\s*\d{{4}})?|"
    rf"(?:{_MONTHS})\b\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s*\d{{4}})?)"
)
_BACK = re.compile(r"(?:\b(?:ab|on|from|by|am|zum|returning|return|le|du)\s+)(?:dem\s+)?" + _DAY)
#: What is said close to the day of somebody who is back on it; "from 1 Dec I am away" is not that.
_COMES_BACK = re.compile(
    r"\b(?:wieder|zuruck|zurueck|back|return(?:ing|s)?|again|retour|reviens|"
    r"reviendrai|rentre|rentrerai|nouveau)\b"
)
_NEAR = 50
_UNTIL = re.compile(
    r"(?:\b(?:bis|until|till|til|through|thru|jusqu.?au|jusqu.?a)\s+(?:(?:zum|einschliesslich|einschl\.?|inklusive|"
    r"inkl\.?|"
    r"incl\.?|including|and including|voraussichtlich|mindestens|at least)\s+)*|"
    r"(?<=[\w.])\s?(?:-|–|to|\bau)\s?)" + _DAY
)


def back_on(text: str, written: date, calendar: Calendar) -> date | None:
    """The working day on which somebody is back who wrote that they are away; None if unsaid.

    `bis 14.12.` names the last day away, `wieder ab 15.12.` the first one back.
    """
    said = fold(own_part(text)[:_LOOKED_AT])
    days = [
        day
        for m in _BACK.finditer(said)
        if _COMES_BACK.search(said, max(m.start() - _NEAR, 0), m.end() + _NEAR)
        and (day := _read(m["day"], written, calendar))
    ]
    after = [day for m in _UNTIL.finditer(said) if (day := _read(m["day"], written, calendar))]
    if back := [day for day in days if not after or day > max(after)]:
        first = min(back)
    elif after:
        first = max(after) + timedelta(days=1)
    else:
        return None
    return calendar.on_or_after(first)


def _read(typed: str, written: date, calendar: Calendar) -> date | None:
    """The day as one would type it; an absence ends within a year of the mail."""
    plain = re.sub(r"(\d)\.\s+(\d)", r"\1.\2", typed.strip().replace(" of ", " "))
    plain = _FRENCH_MONTH.sub(lambda month: _FRENCH[month[0]], plain.removesuffix(","))
    plain = re.sub(r"\b1er\b", "1", plain)
    try:
        found = parse.read(plain, written, calendar).on
    except Unreadable:
        return None
    return found if found and written <= found <= written + timedelta(days=366) else None
