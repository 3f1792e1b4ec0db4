"""What below the rows of a list is no client: totals, and remarks of the program that wrote it."""

import re

_TOTAL = re.compile(
    r"(?:summe|summen|gesamt|gesamtsumme|gesamtergebnis|insgesamt|zwischensumme|total|totals|"
    r"grand totals?|sub-?totals?|sum|anzahl|count|total general|sous-total|somme|totale|totaal|"
    r"razem|suma|ogolem|lacznie)\b(?: (?:der|of|des|de))?[\s:.]*"
    r"(?:kunden|firmen|kontakte|datensatze|eintrage|zeilen|records|rows|clients|customers|contacts)?"
    r"[\s:.]*(?:netto|brutto|eur|€)?[\s:.]*"
    r"(?:\d[\d.,]*)?\s?(?:kunden?|firm[ae]n?|kontakte?|datens[aä]tze?|eintr[aä]ge?|zeilen?|"
    r"records?|rows?|clients?|customers?|contacts?|entreprises?|societes?|lignes?|"
    r"klient(?:y|ow)?|klienci|firmy?|rekord(?:y|ow))?|"
    r"grand totals?\s*\(.*\)|(?:seite|page)\s\d+(?:\s?(?:von|of|/)\s?\d+)?"
)
_REMARK = re.compile(
    r"[#*/\s]*(?:stand|quelle|source|export|exported|exportiert|erstellt|erzeugt|generated|seite|page|"
    r"confidential|vertraulich|copyright|hinweis|legende|printed|gedruckt|druckdatum|ende|end of|"
    r"stan na|zrodlo|wydruk|wygenerowano|imprime|edite le|genere)"
    r"\b.*|©.*|(?:\w+ ){0,3}report|\w|[-–—=*#~_\s]+[^-=*#~_]*[-–—=*#~_\s]+|\*+\s.*|"
    r"\d+ (?:kunden|firmen|kontakte|datensatze|eintrage|zeilen|records|rows|clients)"
)
#: `Berlin Ergebnis` of a pivot table: what it is the total of comes first.
_OF_GROUP = re.compile(
    r"\S.* (?:total|subtotal|ergebnis|gesamtergebnis|summe|gesamt|totale|totaal)"
)
#: What it is the total of, and the number.
_FILLED = 2
#: A list with fewer columns is one of names, and each may be somebody's.
_COLUMNS = 3


def is_footer(name: str, *, filled: int, of: int) -> bool:
    """Whether a row with that folded `name`, in which nobody can be reached, is no client.

    `filled` of `of` cells have something in them.
    """
    if _TOTAL.fullmatch(name):
        return of > 1
    if filled <= _FILLED and of >= _COLUMNS and _OF_GROUP.fullmatch(name):
        return True
    return filled == 1 and of >= _COLUMNS and _REMARK.fullmatch(name) is not None
