"""The review: six figures at a glance, and pages behind them, by day, week and month."""

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tickler.core.dates.periods import Period, Span, period_of
from tickler.core.review.report import Review
from tickler.core.text import printable
from tickler.screens.dialog import Dialog
from tickler.screens.key_queue import ACT, LOAD
from tickler.screens.shown_pages import see_and_show
from tickler.services import piles, printing
from tickler.widgets.keys import key
from tickler.widgets.review_lines import PAGES, glance
from tickler.widgets.styled import HEAD, QUIET

PAGE_NAMES = tuple(PAGES)


#: The pages as they are side by side: those of the left half, and those of the right.
_HALVES = (("Figures", "Funnel"), ("Last ten", "Reached", "Day by day"))


class ReviewScreen(Dialog[None]):
    """Reads one review at a time. Wide and high it shows every page, else one."""

    CSS_PATH = "review.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  Textual's protocol
    VERTICAL_BREAKPOINTS = [(0, "-low"), (40, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        key(keys, action, tooltip, f"review_{name}", priority=True)
        for keys, action, name, tooltip in (
            ("d", "span('day')", "day", "the day"),
            ("w", "span('week')", "week", "its week"),
            ("m", "span('month')", "month", "its month"),
            ("left", "move(-1)", "before", "the period before"),
            ("right", "move(1)", "after", "the period after"),
            ("t", "today", "today", "the current one"),
            ("tab,space", "page(1)", "next_page", "the next page"),
            ("shift+tab", "page(-1)", "page_before", "the page before"),
            ("j,down", "scroll(1)", "down", "further down"),
            ("k,up", "scroll(-1)", "up", "further up"),
            ("p", "print('html')", "print", "show it as a page, to print it"),
            ("P", "print('pdf')", "print_pdf", "show it as PDF, to print it"),
            ("escape,q", "dismiss(None)", "back", "back to the binder"),
        )
    ]
    KEYS = "d: day · w: week · m: month · ←→: other · t: today · Tab: page · p: print · Esc: back"
    SAID_IN = "#tabs"

    def __init__(self) -> None:
        super().__init__()
        self._span = Span.DAY
        self._period: Period | None = None  # None is the current one
        self._review: Review | None = None
        self._page = 0

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        yield Static(id="glance")
        yield Static(id="tabs")
        with Horizontal(id="pages"):
            for half in _HALVES:
                with VerticalScroll(can_focus=False):
                    for title in half:
                        yield Static(Content.styled(title, HEAD), classes="head")
                        yield Static(classes="page", name=title)
        yield Static(self.keys_line, id="keys")

    def on_screen_resume(self) -> None:
        """Read it when it opens, and after a caller came between."""
        self.load()

    @work(exclusive=True, group=LOAD)
    async def load(self) -> None:
        """Read the review of the period that is wanted, and show it."""
        see_or = self.session.see_or
        if self._period:
            review = await see_or(self.tell, piles.review.of, self._period)
        else:
            review = await see_or(self.tell, piles.review.running, self._span)
        if review and self.is_attached:
            self._review = review
            self._draw()
            self._follow(review)

    @work(exclusive=True, group="course")
    async def _follow(self, review: Review) -> None:
        """Read how the figures went, which takes longer, and show that too."""
        course = await self.session.see_or(self.tell, piles.review.course, review.period)
        if course and self.is_attached and self._review is review:
            self._review = replace(review, course=course)
            self._draw_figures()

    def action_span(self, named: str) -> None:
        """Show the day, week or month in which the present period ends."""
        self._span = Span(named)
        review = self._review
        if self._period and review:
            self._period = period_of(self._span, min(self._period.last, review.today))
        self.load()

    def action_move(self, by: int) -> None:
        if review := self._review:
            wanted = review.earlier if by < 0 else review.later
            if wanted is None:
                self.tell("nothing has been done after that yet")
                return
            self._period = wanted
            self.load()

    def action_today(self) -> None:
        self._period = None
        self.load()

    @work(group=ACT)
    async def action_print(self, kind: str) -> None:
        if self._review is None:
            return
        made = partial(printing.binder.review, period=self._review.period)
        if shown := await see_and_show(self.session, self.tell, made, kind):
            self.say(Content(printable(shown)))

    def action_page(self, by: int) -> None:
        self._page = (self._page + by) % len(PAGES)
        for column in self.query(VerticalScroll):
            column.scroll_home(animate=False)
        self._draw()

    def action_scroll(self, by: int) -> None:
        for column in self.query(VerticalScroll):
            column.scroll_relative(y=by, animate=False)

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        review = self._review
        if review is None:
            return
        words = self.session.date_words
        running = " so far" if review.is_running else ""
        title = f" {review.period.text(words)}{running} "
        head = Content.assemble(("Review ", QUIET), (title, "bold reverse"))
        before = review.before.text(words)
        short = before.partition(" · ")[0]  # a week's number
        fits = head.cell_length + len(before) + 11 <= self.size.width
        beside = f"  vs. {before if fits else short}"
        self.query_one("#title", Static).update(Content.assemble(head, (beside, QUIET)))
        self._draw_figures()
        self._draw_tabs()

    def _draw_figures(self) -> None:
        review, words = self._review, self.session.date_words
        if review is None:
            return
        at_a_glance = glance(review, self.size.width - 2)
        self.query_one("#glance", Static).update(Content("\n").join(at_a_glance))
        for page in self.query(".page").results(Static):
            page.update(Content("\n").join(PAGES[page.name or ""](review, words, self._room())))
            page.display = self._shows_all or page.name == PAGE_NAMES[self._page]
        for column in self.query(VerticalScroll):
            column.display = any(page.display for page in column.query(".page"))

    def _room(self) -> int:
        """The cells of a page's lines: side by side they have half the screen each."""
        return self.size.width // 2 - 4 if self._shows_all else self.size.width - 3

    @property
    def _shows_all(self) -> bool:
        return self.has_class("-wide") and self.has_class("-tall")

    def _draw_tabs(self) -> None:
        tabs = [
            Content.styled(f" {title} ", "bold reverse" if place == self._page else QUIET)
            for place, title in enumerate(PAGES)
        ]
        self.query_one("#tabs", Static).update(Content(" ").join(tabs))
