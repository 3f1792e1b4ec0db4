"""The text of a mail: what was written now, what is quoted, and whether it is an answer."""

import re

from tickler.core.text import fold

_DAYS = r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|am|on|le|il|el)"

#: Lines from which on a mail quotes the one before it.
_QUOTE_BEGINS = re.compile(
    r"^\s*(?:-{2,}\s*(?:original|ursprungliche|urspruengliche|forwarded|weitergeleitete|message|"
    r"begin forwarded)\b.*|_{10,}\s*|begin forwarded message:|anfang der weitergeleiteten .*:|"
    rf"{_DAYS}\b.{{4,160}}\b(?:schrieb|wrote|a ecrit|ha scritto|escribio)\b.{{0,120}}:\s*|"
    r"(?:von|from|de)\s*:\s.{3,200})$",
    re.MULTILINE,
)
#: What follows the line with who wrote, in a quoted head.
_HEAD_LINE = re.compile(r"(?:gesendet|sent|datum|date|an|to|betreff|subject|cc)\s*:", re.MULTILINE)

_FORWARDS = re.compile(
    r"\s*(?:(?:re|aw|antw|antwort|sv)\s*:\s*)*(?:fwd?|wg|tr|weitergeleitet)\s*:", re.IGNORECASE
)
_FROM_LINE = re.compile(
    r"^[>\s*]*(?:von|from|de)\s*:[^\n]*?([^\s<>()\[\],;:\"'@]+@[^\s<>()\[\],;:\"']+)",
    re.MULTILINE | re.IGNORECASE,
)

#: A longer text says more than that a mail came, in characters without greeting.
_SHORTEST_ANSWER = 320

_CLAUSES = re.compile(r"(?<=[.!?])\s+|[,;:]\s+|\s+(?:und|and)\s+")

#: A clause of no more words says nothing, unless it decides.
_FEW = 3
#: When somebody will answer.
_LATER = re.compile(r"(?:sobald|wenn|as soon as|once|when)\b")
_DECIDES = re.compile(r"\d|\b(?:ja|nein|yes|no|ok|okay|gern\w*|passt|agreed|einverstanden)\b")

_ACKNOWLEDGES = re.compile(
    r"(?:(?:melde|melden|meldet) (?:ich |wir )?(?:mich|uns|sich)|"
    r"(?:ich|wir) (?:melde|melden|kommen|komme|kummere|kuemmere|kummern|kuemmern|prufe|pruefe|"
    r"prufen|"
    r"pruefen|klare|klaere|klaren|klaeren|gebe|geben|leite|leiten)\b.{0,60}(?:mich|uns|zuruck|"
    r"zurueck|"
    r"darum|auf sie zu|das|es|bescheid|weiter)|"
    r"(?:habe|haben|hat) (?:ich |wir )?(?:ihre|deine|eure|die|das|den)\b.{0,60}(?:erhalten|"
    r"bekommen|"
    r"empfangen)|(?:mail|nachricht|anfrage|schreiben|reklamation|beschwerde|unterlagen) (?:ist |"
    r"sind )?"
    r"(?:gut |dankend |soeben )*(?:erhalten|angekommen|eingegangen)|(?:dankend|mit dank) erhalten|"
    r"wird bearbeitet|ist in (?:arbeit|bearbeitung)|(?:danke|dank)(?: sehr| schon|"
    r" schoen)? fur (?:ihre|die|"
    r"deine|eure) (?:e-?mail|mail|nachricht|anfrage|info|ruckmeldung|geduld)|"
    r"(?:thanks|thank you)(?: very much| so much)? for (?:your|the) (?:e-?mail|mail|message|"
    r"inquiry|"
    r"enquiry|request|note)|"
    r"(?:received|got) (?:your|the) (?:e-?mail|mail|message|inquiry|enquiry|request|note)|"
    r"(?:will|i'll|we'll|shall) (?:get back|come back|revert|reply|be in touch|look into|check|"
    r"answer|let you know))"
)
#: How a letter begins.
_GREETING = re.compile(
    r"(?:sehr geehrte|guten (?:tag|morgen|abend)|hallo|hello|hi|dear|lieber?|moin|servus|"
    r"gruss gott|"
    r"good (?:morning|afternoon))\b[^.!?]*[,!.]?$"
)
#: How it ends; a name and a signature follow.
_ENDS = re.compile(
    r"(?:(?:mit (?:freundlichen|besten|herzlichen)|freundliche|viele|beste|herzliche|liebe|schone|"
    r"kind|best|many|warm)\s*(?:gru\w*|greetings|regards|wishes)\b.*|mfg\b.*|vg\b.*|lg\b.*|"
    r"regards.*|"
    r"cheers.*|best,?|--|gruss\w*\b.*)$"
)
#: What an answer has and an acknowledgement has not: an amount, a link, what is enclosed.
_ANSWERS = re.compile(
    r"(?:\d[\d.,]*\s?(?:€|eur|euro|%|usd|\$|chf|stuck|stueck|st\b|pieces|pcs)|[€$]\s?\d|https?://|"
    r"\banbei\b|im anhang|angehangt|beigefugt|beigefuegt|liegt bei|liegen bei|attached|enclosed|"
    r"\bkostet|\bkosten\b|\bpreis (?:ist|betragt|liegt)|\bcosts?\b|price is)"
)


def own_part(text: str) -> str:
    """What was written in a mail, without what it quotes."""
    folded_lines = [fold(line) for line in text.splitlines()]
    kept = []
    for place, line in enumerate(text.splitlines()):
        folded = folded_lines[place]
        if _QUOTE_BEGINS.match(folded) and _is_quote(folded, folded_lines[place + 1 : place + 5]):
            break
        # The line with who wrote is often broken into two.
        both = f"{folded} {folded_lines[place + 1]}" if place + 1 < len(folded_lines) else ""
        if re.match(rf"^\s*{_DAYS}\b", folded) and _QUOTE_BEGINS.match(both):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return "\n".join(kept).strip()


def _is_quote(line: str, following: list[str]) -> bool:
    """Whether a line such as `From: …` is the head of a quoted mail."""
    if not re.match(r"\s*(?:(?:von|from|de)\s*:|_{10})", line):
        return True
    return any(_HEAD_LINE.match(after.strip(" *>")) for after in following)


def forwards(subject: str) -> bool:
    """Whether a subject says that a mail is passed on: `WG: price`."""
    return bool(_FORWARDS.match(subject))


def forwarded_from(text: str) -> tuple[str, ...]:
    """The addresses of who wrote the mails that are quoted in a text."""
    return tuple(dict.fromkeys(m[1].strip(".*").casefold() for m in _FROM_LINE.finditer(text)))


def only_acknowledges(text: str) -> bool:
    """Whether a mail says no more than that the one before it came: it is no answer yet."""
    lines = [line.strip() for line in map(fold, own_part(text).splitlines()) if line.strip()]
    end = next((n for n, line in enumerate(lines) if _ENDS.match(line)), len(lines))
    said = " ".join(line for line in lines[:end] if not _GREETING.match(line))
    if not said or len(said) > _SHORTEST_ANSWER or _ANSWERS.search(said):
        return False
    return all(map(_is_acknowledgement, filter(None, _CLAUSES.split(said))))


def _is_acknowledgement(sentence: str) -> bool:
    """A sentence that says that something came; a name below it, or thanks, says nothing more."""
    if sentence.rstrip().endswith("?"):
        return False
    says_nothing = len(sentence.split()) <= _FEW and not _DECIDES.search(sentence)
    return says_nothing or bool(_ACKNOWLEDGES.search(sentence) or _LATER.match(sentence))
