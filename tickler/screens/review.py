"""The review: six figures at a glance, and pages behind them, by day, week and month."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Digits, Static

from tickler.core.dates.periods import Period, Span, period_of
from tickler.core.review.report import AT_A_GLANCE, Figure, Review
from tickler.screens.dialog import Dialog
from tickler.screens.key_queue import LOAD
from tickler.services import piles
from tickler.widgets.keys import key
from tickler.widgets.review_lines import PAGES, note, to_target, trend
from tickler.widgets.styled import HEAD, QUIET

PAGE_NAMES = tuple(PAGES)


class FigureBox(Vertical):
    """One figure at a glance: large, from how many, what it was before, how far to the target."""

    def __init__(self, head: str) -> None:
        super().__init__()
        self._head = head

    def compose(self) -> ComposeResult:
        yield Static(Content(self._head), classes="head")
        yield Digits()
        yield Static(classes="note")
        yield Static(classes="trend")
        yield Static(classes="target")

    def show(self, line: Figure) -> None:
        """Show the figure."""
        self.query_one(Digits).update(line.text.replace(" ", "").replace("–", "-"))
        self.query_one(".note", Static).update(note(line))
        self.query_one(".trend", Static).update(trend(line))
        room = max(self.content_size.width - 3, 1)
        self.query_one(".target", Static).update(to_target(line, room))


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
            ("escape,r,q", "dismiss(None)", "back", "back to the binder"),
        )
    ]
    KEYS = "d: day · w: week · m: month · ←→: before, after · t: today · Tab: page · Esc: back"
    SAID_IN = "#tabs"

    def __init__(self) -> None:
        super().__init__()
        self._span = Span.DAY
        self._period: Period | None = None  # None is the current one
        self._review: Review | None = None
        self._page = 0

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        with Horizontal(id="glance"):
            for head in AT_A_GLANCE.values():
                yield FigureBox(head)
        yield Static(id="tabs")
        with Horizontal(id="pages"):
            for column in (PAGE_NAMES[:-1], PAGE_NAMES[-1:]):
                with VerticalScroll(can_focus=False):
                    for title in column:
                        yield Static(Content.styled(title, HEAD), classes="head")
                        yield Static(classes="page")
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
        for figure, line in zip(self.query(FigureBox), review.glance.values(), strict=True):
            figure.show(line)
        self._draw_tabs()
        pages = self.query(".page").results(Static)
        for place, (page, lines) in enumerate(zip(pages, PAGES.values(), strict=True)):
            page.update(Content("\n").join(lines(review, words, self._room())))
            page.display = self._shows_all or place == self._page
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
