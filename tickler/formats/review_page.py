"""A review for other programs: lines of CSV, and a page for the browser and the printer."""

import csv
import io
from collections.abc import Iterable, Iterator
from html import escape

from tickler.core.dates.language import DateWords
from tickler.core.review.figures import DayFigures, Share
from tickler.core.review.report import Figure, Review
from tickler.core.text import printable

_STYLE = """
:root { --style: #23262b; --quiet: #6b6f76; --paper: #faf8f4; --card: #fff; --rule: #e4dfd3;
  --accent: #9a5b00; --good: #3c7a2c; --bad: #b3222c; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --style: #d6d9df; --quiet: #8e939c;
  --paper: #17191e; --card: #1e2127; --rule: #32363e; --accent: #e8b368; --good: #8fbf7f;
  --bad: #e5737b; } }
* { box-sizing: border-box; }
body { font: 15px/1.45 system-ui, sans-serif; color: var(--style); background: var(--paper);
  margin: 0 auto; padding: 2rem 1.25rem; max-width: 62rem; font-variant-numeric: tabular-nums; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1rem; color: var(--accent); margin: 0 0 .5rem; }
.quiet { color: var(--quiet); } .good { color: var(--good); } .bad { color: var(--bad); }
.glance { display: grid; grid-template-columns: repeat(6, 1fr); gap: .75rem; margin: 1.25rem 0; }
.pages { display: grid; grid-template-columns: repeat(2, 1fr); gap: .75rem; }
section, .glance > div { background: var(--card); border: 1px solid var(--rule);
  border-radius: .5rem; padding: .8rem 1rem; break-inside: avoid; }
.wide { grid-column: 1 / -1; }
.glance b { display: block; font-size: 1.9rem; line-height: 1.2; }
.glance small, th { font-size: .72rem; letter-spacing: .06em; color: var(--quiet); }
table { border-collapse: collapse; width: 100%; } td, th { padding: .14rem .4rem .14rem 0;
  text-align: left; font-weight: normal; white-space: nowrap; }
td.n, th.n { text-align: right; }
.bar { background: var(--rule); border-radius: 3px; height: .55rem; min-width: 4rem;
  overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--accent); }
.heat td { width: 2.4rem; height: 1.6rem; padding: 0; text-align: center;
  border: 1px solid var(--card); font-size: .78rem;
  background: color-mix(in srgb, var(--accent) var(--h, 0%), transparent); }
.days { display: flex; align-items: flex-end; gap: 3px; height: 8rem; }
.days div { flex: 1; min-width: 0; } .days i { display: block; }
.done { background: var(--good); } .slid { background: var(--bad); }
.open { background: var(--rule); } .extra { background: var(--accent); }
.key i { display: inline-block; width: .7em; height: .7em; margin: 0 .3em 0 .9em; }
@media (max-width: 40rem) { .glance { grid-template-columns: repeat(2, 1fr); }
  .pages { grid-template-columns: 1fr; } }
@page { margin: 12mm; }
@media print { body { padding: 0; max-width: none; font-size: 12px; background: none;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def as_csv(review: Review) -> str:
    """One line per figure under a head; shares from 0 to 1, times in minutes."""
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(["name", "value", "of", "target", "before"])
    for line in review.lines:
        numbers = (line.value, line.of, line.target, line.before)
        writer.writerow([line.name, *map(_number, numbers)])
    return page.getvalue().rstrip("\n")


def as_page(review: Review, rep: str, words: DateWords) -> str:
    """The review as one HTML page that needs nothing else."""
    title = f"Review · {review.period.text(words)}"
    running = " so far" if review.is_running else ""
    before = review.before.text(words)
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
            f"<h1>{_text(title)}{running}</h1>",
            f'<div class="quiet">{_text(rep)} · compared with {_text(before)}</div>',
            '<div class="glance">',
            *(_card(head, line) for head, line in review.glance.items()),
            '</div>\n<div class="pages">',
            *_days(review, words),
            *(_section(group.title, _table(group.lines)) for group in review.groups),
            *_reach(review, words),
            _section("From the first call to the order", _funnel(review)),
            "</div>\n</body>\n</html>\n",
        ]
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def _text(text: str) -> str:
    return escape(printable(text))


def _section(title: str, inside: str, css: str = "") -> str:
    return f'<section class="{css}"><h2>{_text(title)}</h2>{inside}</section>'


def _card(head: str, line: Figure) -> str:
    target = f"target {line.in_words(line.target)}" if line.target else ""
    under = " · ".join(filter(None, (line.counted, target)))
    return (
        f"<div><small>{_text(head)}</small><b>{_text(line.text)}</b>"
        f'<div class="quiet">{_text(under) or "&nbsp;"}</div>'
        f'<div class="{_good(line)}">{_text(line.compared) or "&nbsp;"}</div>'
        f"{_progress(line)}</div>"
    )


def _good(line: Figure) -> str:
    return {True: "good", False: "bad", None: "quiet"}[line.is_better]


def _progress(line: Figure) -> str:
    return "" if line.progress is None else _bar(line.progress)


def _bar(share: float) -> str:
    return f'<div class="bar"><i style="width:{min(share, 1):.1%}"></i></div>'


def _table(lines: Iterable[Figure]) -> str:
    rows = []
    for line in lines:
        target = line.in_words(line.target) if line.target else ""
        rows.append(
            f'<tr><td>{_text(line.label)}</td><td class="n"><b>{_text(line.text)}</b></td>'
            f'<td class="quiet">{_text(line.counted)}</td>'
            f'<td class="n {_good(line)}">{_text(line.compared)}</td>'
            f'<td class="n quiet">{_text(target)}</td><td>{_progress(line)}</td></tr>'
        )
    head = '<th></th><th></th><th></th><th class="n">BEFORE</th><th class="n">TARGET</th><th></th>'
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _reach(review: Review, words: DateWords) -> Iterator[str]:
    """Weekdays against hours: the darker, the more were reached; the number is of how many."""
    reached = review.now.reached
    if not reached:
        return
    hours = range(min(hour for _, hour in reached), max(hour for _, hour in reached) + 1)
    head = "".join(f'<th class="n">{hour}</th>' for hour in hours)
    rows = [
        f"<tr><th>{_text(words.weekdays[day][: words.letters])}</th>"
        + "".join(_heat(reached.get((day, hour), Share())) for hour in hours)
        + f'<td class="n quiet">{_rate(share)}</td></tr>'
        for day, share in sorted(review.now.by_weekday().items())
    ]
    by_hour = review.now.by_hour()
    foot = "".join(f'<td class="quiet">{_rate(by_hour.get(h, Share()))}</td>' for h in hours)
    body = f"<tr><th></th>{head}</tr>{''.join(rows)}<tr><th></th>{foot}</tr>"
    table = f'<table class="heat">{body}</table>'
    note = '<div class="quiet">reached of tried, by weekday and hour of the call</div>'
    yield _section("When clients are reached", table + note, "wide")


def _heat(share: Share) -> str:
    if share.rate is None:
        return "<td></td>"
    return f'<td style="--h:{share.rate * 75:.0f}%">{share.part}/{share.whole}</td>'


def _rate(share: Share) -> str:
    return "" if share.rate is None else f"{share.rate:.0%}"


def _funnel(review: Review) -> str:
    most = max(review.now.funnel[0], 1)
    rows = [
        f'<tr><td>{_text(name)}</td><td class="n"><b>{count}</b></td>'
        f'<td class="n quiet">{"" if rate is None else f"{rate:.0%}"}</td>'
        f"<td style='width:60%'>{_bar(count / most)}</td></tr>"
        for name, count, rate in review.funnel()
    ]
    return f"<table>{''.join(rows)}</table>"


def _days(review: Review, words: DateWords) -> Iterator[str]:
    days = review.shown_days
    if not days:
        return
    most = max(day.planned + day.unplanned for day in days) or 1
    columns = "".join(_column(day, most, words) for day in days)
    key = "".join(
        f'<i class="{css}"></i>{name}'
        for css, name in (
            ("done", "done"), ("slid", "slid"), ("open", "open"), ("extra", "unplanned"),
        )
    )  # fmt: skip
    ends = f"{words.short(days[0].day)} to {words.short(days[-1].day)}"
    note = f'<div class="key quiet">{_text(ends)}{key}</div>'
    yield _section("Day by day", f'<div class="days">{columns}</div>{note}', "wide")


def _column(day: DayFigures, most: int, words: DateWords) -> str:
    parts = (("extra", day.unplanned), ("open", day.open), ("slid", day.slid), ("done", day.done))
    bars = "".join(
        f'<i class="{css}" style="height:{count / most * 8:.2f}rem"></i>'
        for css, count in parts
        if count
    )
    title = f"{words.short(day.day)}: {day.done} of {day.planned} done, {day.unplanned} unplanned"
    return f'<div title="{_text(title)}">{bars}</div>'
