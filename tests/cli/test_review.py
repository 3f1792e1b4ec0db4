"""`tickler review` as it is typed: what is printed, what is written, and what is refused."""

import csv
import io
import shutil
import stat
from datetime import date
from html.parser import HTMLParser

import pytest

from tickler.config.settings import Settings
from tickler.desk import Desk
from tickler.services import transfer


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory):
    """The sample binder of that Monday."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    desk = Desk(path, Settings(today=date(2026, 11, 23), rep="Rep [red]<b>"))
    desk.do(transfer.sample.load)
    desk.close()
    return path


@pytest.fixture
def sampled(binder, sample_file):
    binder.parent.mkdir(mode=0o700)
    shutil.copy(sample_file, binder)


@pytest.fixture
def targets(tmp_path, monkeypatch):
    """Writes [targets] into a config."""

    def write(text):
        path = tmp_path / "config.toml"
        path.write_text(f"[targets]\n{text}", "utf-8")
        monkeypatch.setenv("TICKLER_CONFIG", str(path))
        return path

    return write


pytestmark = pytest.mark.usefixtures("sampled")


def test_today_is_reviewed_by_default(shell):
    answer = shell("review")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[:2] == ["Review · Mon 23 November 2026 so far", "vs. Fri 20 November 2026"]
    assert lines[3].split() == ["DONE", "CONTACTS", "REACHED", "MEETINGS", "ORDERS", "KEPT"]
    assert "  open                    21           (0 before)" in lines
    assert "\x1b" not in answer.out
    assert answer.err == ""


@pytest.mark.every(4)
@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("review fri", "Fri 20 November 2026"),
        ("review --day yesterday", "Sun 22 November 2026"),
        ("review --week", "W48 · Mon 23 to Sun 29 Nov 2026 so far"),
        ("review --week fri", "W47 · Mon 16 to Sun 22 Nov 2026"),
        ("review KW 46", "W46 · Mon 9 to Sun 15 Nov 2026"),
        ("review --month", "November 2026 so far"),
        ("review --month 15.10.", "October 2026"),
        ("review october", "October 2026"),
        ("review --from 9.11. --to fri", "Mon 9 to Fri 20 Nov 2026"),
        ("review --from 'last month'", "Thu 1 Oct to Mon 23 Nov 2026 so far"),
    ],
)
def test_other_days(shell, line, title):
    answer = shell(line)
    assert (answer.code, answer.out.splitlines()[0]) == (0, f"Review · {title}")


def test_targets_stand_beside(shell, targets):
    targets('contacts = "5 a day"\nreach = "40%"\norders = "2 a month"\n')
    out = shell("review --month").out
    assert "target 105" in out
    assert "✓ target 40 %" in out
    assert "✓ target 2" in out


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('contacts = "20"', '2: targets.contacts takes a number and its time, such as "20 a day"'),
        ("contacts = 20", "2: targets.contacts takes a number and its time"),
        ('reach = "4"', "2: targets.reach takes a share from 1% to 100%"),
        (
            'kept = "95%"\ncalls = "9 a day"',
            "3: targets.calls takes figures: contacts, first_calls",
        ),
    ],
)
def test_wrong_targets_are_named_with_their_line(shell, targets, text, why):
    path = targets(text)
    answer = shell("review")
    assert answer.code == 2
    assert f"{path.name}:{why}" in answer.err


def test_json_has_it_all(shell, targets):
    targets('contacts = "5 a day"')
    found = shell("review --month --json").json
    assert found["period"] == {"span": "month", "from": "2026-11-01", "to": "2026-11-30"}
    assert found["before"]["to"] == "2026-10-23"
    by_name = {line["name"]: line for line in found["figures"]}
    assert by_name["contacts"]["target"] == 105
    assert by_name["reach"]["part"] == sum(each["reached"] for each in found["reach"])
    assert by_name["reach"]["of"] == sum(each["tried"] for each in found["reach"])
    assert sum(day["contacts"] for day in found["days"]) == by_name["contacts"]["value"]
    assert [stage["stage"] for stage in found["funnel"]] == [
        "called", "reached", "decision-maker", "offer", "order",
    ]  # fmt: skip


def test_csv_has_a_line_per_figure(shell):
    rows = list(csv.DictReader(io.StringIO(shell("review fri --csv").out)))
    by_name = {row["name"]: row for row in rows}
    assert list(rows[0]) == ["name", "value", "of", "target", "before"]
    planned, done, slid = (by_name[name] for name in ("planned", "done", "slid"))
    assert float(done["value"]) * float(done["of"]) == pytest.approx(
        int(planned["value"]) - int(slid["value"]), abs=0.01
    )
    assert by_name["kept"]["value"] == ""


class Page(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self):
        super().__init__()
        self.tags, self.open, self.text = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_a_page_needs_nothing_else_and_text_is_text(shell, tmp_path):
    path = tmp_path / "week 47.html"
    answer = shell("review KW 47 --html", str(path))
    assert (answer.code, answer.out, answer.err) == (0, "", f"wrote {path}\n")
    page = Page()
    page.feed(path.read_text("utf-8"))
    assert page.open == []
    assert "Rep [red]<b>" in page.text
    assert "W47 · Mon 16 to Sun 22 Nov 2026" in page.text
    assert not {"script", "link", "img", "b>"} & {tag for tag, _ in page.tags}
    assert not any("src" in attrs or "href" in attrs for _, attrs in page.tags)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("mine")
    again = shell("review --html", str(path))
    assert (again.code, path.read_text()) == (5, "mine")
    assert "a file with this name exists; `--force` replaces it" in again.err
    assert shell("review --force --html", str(path)).code == 0
    assert path.read_text().startswith("<!doctype html>")
    assert [each for each in tmp_path.iterdir() if "week" in each.name] == [path]


@pytest.mark.every(3)
@pytest.mark.parametrize(
    ("line", "code", "why"),
    [
        ("review tomorrow", 2, "“tomorrow” is still to come"),
        ("review soon", 2, "“soon” is not a date"),
        ("review ''", 2, "the date is empty"),
        ("review --week --month", 2, "give one of --day, --week, --month"),
        ("review --day --from fri", 2, "give one of --day, --week, --month"),
        ("review thu --from fri", 2, "WHEN does not go with --from and --to"),
        ("review --to fri", 2, "--to needs the first day too"),
        ("review --from fri --to thu", 2, "the first comes first"),
        ("review --from 1.1.2020", 2, "a year at most"),
        ("review --json --csv", 2, "three answers: take one"),
        ("review --html clients.csv", 2, "--html writes a page: give it a name such as"),
        ("review --html nowhere/at/all.html", 3, "there is no such folder"),
        ("review --html ~nobody-there/all.html", 1, "cannot write the file"),
        ("review --force", 2, "--force goes with --html"),
    ],
)
def test_what_cannot_be_reviewed_is_said(shell, line, code, why):
    answer = shell(line)
    assert (answer.code, answer.out) == (code, "")
    assert why in answer.err


def test_days_on_which_nothing_was(shell):
    answer = shell("review 1.2.2020")
    assert answer.code == 0
    assert answer.out.splitlines()[-1] == "nothing was planned, done or promised"


def test_german_days(shell, tmp_path, monkeypatch):
    (tmp_path / "de.toml").write_text('language = "de"', "utf-8")
    monkeypatch.setenv("TICKLER_CONFIG", str(tmp_path / "de.toml"))
    assert shell("review letzte Woche").out.startswith("Review · KW 47 · Mo 16 to So 22. Nov. 2026")
