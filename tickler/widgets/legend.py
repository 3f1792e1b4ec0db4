"""The signs that the screens draw, and what each means."""

from collections.abc import Mapping

SIGNS: Mapping[str, str] = {
    "●": "agreed with the client: nothing moves it unasked",
    "▹": "a promise, or another date of this client",
    "↷": "moved on without a contact, how often",
    "✆": "called in vain, how often; with ! often enough",
    "✎": "something is half typed, or was corrected",
    "★": "decides",
    "◔": "longer without contact than ideal",
    "◕": "longer without contact than allowed",
    "◷": "the client's own time; with ✗ nobody is there",
    "↻": "comes again, how often",
    "✉": "from a mail",
    "!": "more than can be done, or late",
    "✓": "marked; in the last line: done",
    "✗": "not done, and why",
    "⚠": "done, but look at this",
    "▶": "today",
    "›": "the day that is shown",
    "→": "the day that is typed",
    "▸": "folded: Space opens it",
    "▇": "how full a day is",
    "⌃": "the bar is higher than there is room",
    "▲": "there is more above; under a bar: the day in hand",
    "▼": "there is more below",
    "◂": "chosen; the key turns to the next",
}
