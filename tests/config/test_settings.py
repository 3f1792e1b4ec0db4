"""Settings: what the file may say, and where a mistake is named."""

import os
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickler.config import file as config_file
from tickler.config import settings as config
from tickler.config.settings import Settings
from tickler.core.client.custom_fields import FieldType, OwnField
from tickler.core.contact.intervals import read_limits
from tickler.core.contact.kinds import Kind, Outcome
from tickler.core.contact.next_proposal import RULES, Rule
from tickler.core.dates.context import DateOrder
from tickler.core.dates.language import GERMAN, Language
from tickler.core.filing.slots import Layout
from tickler.core.planning.capacity import Capacity, Unit
from tickler.errors import Refused, TicklerError, Unreadable
from tickler.formats.toml_lines import line_of


@pytest.fixture
def load(tmp_path):
    def read(text: str) -> Settings:
        path = tmp_path / "config.toml"
        path.write_text(text, "utf-8")
        return config.load({"TICKLER_CONFIG": str(path)})

    return read


def test_every_setting_is_read(load):
    found = load(
        """
layout = "dates"
months_ahead = 3
capacity = 12
weekdays = ["Sunday", "mon", "tue", "wed", "thu"]
country = "de"
region = "BY"
days_off = ["2026-12-24", "2026-12-30..2027-01-02"]
segments = ["gold", "tin"]
date_order = "mdy"
language = "de"
rep = "Robin"
db = "/tmp/x.db"
theme = "nord"
[keys]
move = "M"
[[field]]
name = "renewal"
type = "date"
[[field]]
name = "class"
type = "choice"
choices = ["A", "B"]
help = "by turnover"
"""
    )
    assert found.field == (
        OwnField("renewal", FieldType.DATE),
        OwnField("class", FieldType.CHOICE, ("A", "B"), "by turnover"),
    )
    assert found.layout is Layout.DATES
    assert found.date_order is DateOrder.MDY
    assert found.language is Language.DE
    assert found.date_words is GERMAN
    assert found.weekdays == {6, 0, 1, 2, 3}
    assert (found.months_ahead, found.capacity) == (3, Capacity(12))
    assert (found.country, found.region) == ("DE", "BY")
    assert [day.day for day in found.days_off] == [24, 30, 31, 1, 2]
    assert found.segments == ("gold", "tin")
    assert (found.rep, found.db, found.theme) == ("Robin", "/tmp/x.db", "nord")
    assert found.keys == {"move": "M"}


def test_rules_of_outcomes_say_only_what_is_otherwise(load):
    found = load(
        """
slides_hint = 0
[outcomes.no-answer]
third = ""
next = "+2b"
[outcomes.refused]
next = ["+1m", "+3m"]
what = "try again"
[intervals."Key Account"]
ideal = "4 weeks"
longest = "8w"
"""
    )
    assert found.outcomes == {
        **RULES,
        Outcome.NO_ANSWER: Rule(("+2b",), other_half=True),
        Outcome.REFUSED: Rule(("+1m", "+3m"), what="try again"),
    }
    assert found.intervals == {"key account": read_limits("4w", "8w")}
    assert found.slides_hint == 0
    assert load("[outcomes.order]\nnext = []").outcomes[Outcome.ORDER].dates == ()


def test_capacity_may_be_a_time_and_differ_by_weekday(load):
    found = load("capacity = { usual = '6h30', fri = '4 h' }\n[minutes]\ncall = 8").capacity
    assert (found.unit, found.usual, found.by_weekday) == (Unit.MINUTES, 390, {4: 240})
    assert (found.weight(Kind.CALL), found.weight(Kind.VISIT)) == (8, 120)
    assert load("capacity = { fri = 8 }").capacity == Capacity(20, by_weekday={4: 8})


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("capacity = 20\nlayuot = 'dates'", 2, "did you mean “layout”"),
        ("\n\ncapacity = 'many'", 3, "capacity takes a number from 1 to 1000"),
        ("capacity = '25h'", 1, "a number from 1 to 1000, or a time"),
        ("[capacity]\nmon = 20\nfunday = 3", 3, "capacity.funday takes days such as mon"),
        ("[capacity]\nmon = 20\nfri = '6h'", 1, "either contacts (20) or time"),
        ("[minutes]\ncall = 10\nnap = 20", 3, "minutes.nap takes kinds: first-call, call"),
        ("[minutes]\ncall = -1", 2, "minutes.call takes a number from 1 to 1440"),
        ("segments = 'A'", 1, "segments takes a list such as"),
        ("segments = ['A', '']", 1, "segments takes a list such as"),
        ("days_off = ['24.12.']", 1, "days_off takes days and ranges"),
        ("days_off = ['2027-01-06..2026-12-24']", 1, "is not a range"),
        ("country = 49", 1, "a text"),
        ("capacity = true", 1, "a number"),
        ("capacity = 0", 1, "a number"),
        ("layout = 'rows'", 1, "“numbers” or “dates”"),
        ("weekdays = []", 1, "a list of days"),
        ("weekdays = ['mon', 'someday']", 1, "a list of days"),
        ("date_order = 7", 1, "“dmy” or “mdy”"),
        ("[intervals]\nA = ['6w', true]", 2, 'longest = "8w", not ["6w", true]'),
        ("capacity = [{a = 'b'}]", 1, 'not [{ a = "b" }]'),
        ("language = 'fr'", 1, "language takes “en” or “de”, not “fr”"),
        ("language = ['de']", 1, "“en” or “de”"),
        ("language = true", 1, "“en” or “de”, not true"),
        ("langauge = 'de'", 1, "did you mean “language”"),
        ("Language = 'de'", 1, "did you mean “language”"),
        ("shade = 'red'", 1, "no setting “shade”; known: db, rep, "),
        ("[colours]\nfore = 'red'", 1, "no setting “colours”"),
        ("weekdays = ['mon',\n'frizzle']", 1, "a list of days"),
        ("weekdays = ['mon', 'Montag']", 1, "a list of days"),
        ("weekdays = 'mon'", 1, "a list of days"),
        ("rep = ''", 1, "a text"),
        ("rep = 2026-11-23", 1, "a text in quotes, not 2026-11-23"),
        ("keys = 'M'", 1, "[keys]"),
        ("[keys]\nmove = 1", 2, "keys.move takes a key such as"),
        ("field = 'renewal'", 1, "field takes tables such as [[field]]"),
        ("[[field]]\ntype = 'date'", 1, "field.1.name takes one line of up to 60 letters"),
        ("[[field]]\nname = 'a=b'", 2, "field.1.name takes one line"),
        ("[[field]]\nname = 'a'\n\n[[field]]\nname = 'b'\ntype = 'day'", 6, "field.2.type takes"),
        ("[[field]]\nname = 'a'\n[[field]]\nname = 'Ä'", 4, "field.2.name takes a name that no"),
        ("[[field]]\nname = 'Time_Zone'", 2, "a name that no field of the card has"),
        ("[[field]]\nname = 7", 2, "field.1.name takes a text in quotes, not 7"),
        ("[[field]]\nname = 'a'\ncolour = 'red'", 3, "takes name, type, choices and help"),
        ("[[field]]\nname = 'a'\ntype = 'choice'", 1, "field.1.choices takes different words"),
        ("[[field]]\nname = 'a'\nchoices = ['x']", 3, 'nothing unless type = "choice"'),
        ("[[field]]\nname='a'\ntype='choice'\nchoices=['x', 'X']", 4, "different words"),
        ("[[field]]\nname='a'\ntype='choice'\nchoices=[['x']]", 4, "different words"),
        ("[field]\nname = 'a'", 1, "field takes tables such as [[field]]"),
        ("outcomes = 3", 1, "outcomes takes a table: [outcomes.no-answer]"),
        ("[outcomes.no_answer]\nnext = '+1b'", 1, "outcomes.no_answer takes outcomes: reached"),
        ("outcomes.order = '+2w'", 1, "outcomes.order takes a table: a rule such as"),
        ("[outcomes.order]\n\nnext = ['+2w', 'soon']", 3, "outcomes.order.next takes a date as"),
        ("[outcomes.order]\nnext = 14", 2, 'such as "+1b", not 14'),
        ("[outcomes.no-answer]\nnext = 'july'", 2, "half a day needs a day"),
        ("[outcomes.order]\nother_half = 'yes'", 2, "outcomes.order.other_half takes true or"),
        ("[outcomes.order]\nnext = '+1b'\nthird = '+10x'", 3, "outcomes.order.third takes a date"),
        ("[outcomes.order]\nkind = 'note'", 2, "outcomes.order.kind takes a kind: first-call"),
        ("[outcomes.order]\nwhat = 7", 2, "outcomes.order.what takes a line of text, not 7"),
        ("[outcomes.order]\nthen = '+1b'", 2, "outcomes.order.then takes the keys next, other"),
        ("[intervals]\nA = '4w'", 2, "intervals.A takes a table: intervals such as"),
        ("[intervals.A]\nideal = 'often'", 2, "intervals.A.ideal takes an interval such as 10d"),
        ("[intervals.A]\nlongest = ''", 2, "intervals.A.longest takes an interval such as 10d"),
        ("[intervals.A]\nlongest = 8", 2, "intervals.A.longest takes an interval such as 10d"),
        ("[intervals.A]\nmost = '8w'", 2, "intervals.A.most takes the keys ideal, longest"),
        ("[intervals.A]\nideal = '9w'\nlongest = '8w'", 2, "9w, is longer than the longest, 8w"),
        ("slides_hint = -1", 1, "slides_hint takes a number from 0 to 100"),
    ],
)
def test_a_mistake_is_named_with_its_line(load, text, line, says):
    with pytest.raises(Unreadable) as error:
        load(text)
    assert f"config.toml:{line}: " in error.value.sentence
    assert says in error.value.sentence


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# keys.move = 1\nrep = 'keys.move = 1'\n[keys]\n# move = 1\nmove = 1", 5),
        ('rep = """\n[keys]\nmove = 1\n"""\n\n[keys]\n\nmove = 1', 8),
        ("weekdays = [\n'mon', # [keys]\n]\nkeys.log = 'L'\nkeys.move = 1", 5),
        ("'keys' . \"move\" = 1", 1),
        ("\r\n[ keys ]\r\n\t'move'=1\r\n", 3),
        ("capacity = 3\nkeys = { log = 'L', move = 1 }", 2),
        ("[keys]\nlog = 'L'\ntheme = 'x'\nmove = [\n1,\n]", 4),
        ("rep = 'a\u2028b\x85c'\n[keys]\nmove = 1", 3),
    ],
)
def test_the_line_of_a_key_is_where_it_is_set(load, text, line):
    with pytest.raises(Unreadable, match=rf"config\.toml:{line}: keys\.move takes a key"):
        load(text)


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("# theme = 'a'\nrep = 'theme'\ntheme = 'b'\n[keys]\ntheme = 'T'", ["theme"], 3),
        ("# theme = 'a'\n'theme' = 'b'\n[keys]\ntheme = 'T'", ["keys", "theme"], 4),
        ("[keys]\nmove = 'M'\n\n[other]\nlog = 'L'", ["keys", "log"], 1),
        ("capacity = 3", ["theme"], 1),
    ],
)
def test_the_place_of_a_key_used_later(tmp_path, text, key, line):
    path = tmp_path / "config.toml"
    path.write_text(text)
    assert config.place_of(path, *key) == f"config.toml:{line}"


keys = st.sampled_from(["move", "log", "theme", "capacity", "keys"])
values = st.sampled_from(
    ["1", "'x # y'", "[1, # ]\n 2]", '"""\nmove = 1\n[keys]\n"""', '"\\"\'"', "{ a = 1 }"]
)
between = st.sampled_from(["", "\n", "# move = 1\n", "\t# [keys]\n\n"])


@given(st.dictionaries(keys, st.tuples(values, between, st.booleans())), st.booleans())
def test_every_key_of_a_table_is_found_in_its_line(entries, in_table):
    text, lines = ("[keys]\n", {}) if in_table else ("", {})
    for key, (value, space, quoted) in entries.items():
        text += space
        lines[key] = text.count("\n") + 1
        text += f"{'' if in_table else 'keys.'}{repr(key) if quoted else key} = {value}\n"
    assert list(tomllib.loads(text).get("keys", {})) == list(entries)
    for key, line in lines.items():
        assert line_of(text, "keys", key) == line


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("capacity = 3\nrep = 'R'\ncapacity = 4", ":3: capacity is there already, in line 1; keep"),
        ("capacity = 3\n\n'capacity' = 3", ":3: capacity is there already, in line 1; keep one"),
        ("[keys]\nmove = 'M'\n\n[keys]\nlog = 'L'", ":4: keys is there already, in line 1"),
        ("[keys]\nmove = 'M'\nmove = 'N'", ":3: keys.move is there already, in line 2"),
        ("keys.move = 'M'\n[keys]\nlog = 'L'", ":2: this cannot be read as TOML: "),
        ("rep = 'R'\nlayout = dates", ":2: this cannot be read as TOML: there is no value, or"),
        ("rep = 'R'\nlayout = 'dates\n", ":2: this cannot"),
        ("rep = 'R'\n\nweekdays = ['mon',\n'tue'\n\n", ":3: this cannot"),
        ("rep = 'R'\ndb = '''\nx\n[keys]\n", ":2: this cannot"),
        ("rep = 'R'\ncapacity = " + "9" * 5000, ":2: this cannot"),
        ("rep = 'R'\nweekdays = " + "[" * 5000, ":2: this cannot be read as TOML: brackets"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(load, text, says):
    with pytest.raises(Unreadable) as error:
        load(text)
    assert f"config.toml{says}" in error.value.sentence


def test_an_empty_file_sets_nothing(load):
    assert load("") == load("# nothing\n\n") == Settings(source=load("").source)


def test_days_are_read_in_both_languages(load):
    assert load("weekdays = ['Mo', 'Dienstag', 'wed']").weekdays == {0, 1, 2}


def test_a_mark_of_windows_before_the_text_is_no_fault(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbflanguage = 'de'\r\n")
    found = config.load({"TICKLER_CONFIG": str(path)})
    assert found.language is Language.DE
    assert config.place_of(path, "language") == "config.toml:1"
    config_file.remember_theme(path, "nord")
    assert path.read_bytes() == b"\xef\xbb\xbftheme = \"nord\"\r\nlanguage = 'de'\r\n"


def test_what_is_no_text_is_named_with_its_line(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes("rep = 'R'\ndb = 'Müller'\n".encode("latin-1"))
    with pytest.raises(Unreadable, match=r"config\.toml:2: this is not UTF-8"):
        config.load({"TICKLER_CONFIG": str(path)})


@pytest.mark.parametrize("what", ["a folder", "a pipe", "a device"])
def test_what_is_no_ordinary_file_is_no_config_file(tmp_path, what):
    """A pipe would be waited for, a device read for ever."""
    os.mkfifo(tmp_path / "pipe")
    named = {"a folder": tmp_path, "a pipe": tmp_path / "pipe", "a device": "/dev/zero"}[what]
    with pytest.raises(Unreadable, match="cannot read the config file: this is not an ordinary"):
        config.load({"TICKLER_CONFIG": str(named)})


def test_a_home_of_nobody_is_named():
    with pytest.raises(Unreadable, match=r"“~no-such-rep/.*”, but nobody has that home"):
        config.load({"TICKLER_CONFIG": "~no-such-rep/x.toml"})


def test_what_is_no_toml_is_named_with_its_line(load):
    with pytest.raises(Unreadable, match=r"config\.toml:2: "):
        load("capacity = 20\nlayout = \n")


def test_the_template_says_what_holds_without_it(load):
    assert load(config_file.TEMPLATE) == Settings(source=load("").source)


def test_each_line_of_the_template_can_be_uncommented(load):
    lines = [line.removeprefix("# ") for line in config_file.TEMPLATE.splitlines()]
    settings = [line for line in lines if " = " in line or line.startswith("[")]
    assert set(tomllib.loads("\n".join(settings))) == set(config.setting_names())
    load("\n".join(settings))


def test_the_template_is_written_once(tmp_path):
    path = tmp_path / "new" / "config.toml"
    config_file.write_template(path)
    assert path.read_text("utf-8") == config_file.TEMPLATE
    path.write_text("capacity = 3")
    with pytest.raises(Refused, match="a file with this name exists"):
        config_file.write_template(path)
    assert path.read_text("utf-8") == "capacity = 3"


@pytest.mark.parametrize(
    "write", [config_file.write_template, lambda p: config_file.remember_theme(p, "n")]
)
def test_new_settings_are_their_owners_alone(tmp_path, write):
    before = os.umask(0)
    path = tmp_path / "config.toml"
    write(path)
    os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "1066-10-14", "9999-12-31"])
def test_a_day_to_rehearse_is_a_date(day):
    with pytest.raises(Unreadable, match="TICKLER_TODAY"):
        config.load({"TICKLER_TODAY": day, "TICKLER_DB": "x"})


SET = 'theme = "nord"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{SET}\n"),
        ("capacity = 3", f"{SET}\ncapacity = 3"),
        ('theme = "x"  # mine\nrep = "R"\n', f'{SET}  # mine\nrep = "R"\n'),
        ("  'rep' = 'R'\n\ttheme='x'\n", "  'rep' = 'R'\n\ttheme=\"nord\"\n"),
        ('# theme = "x"\ncapacity = 3\n', f"{SET}\ncapacity = 3\n"),
        ('# theme = "x"\ntheme = "y"\n', f'# theme = "x"\n{SET}\n'),
        ("# theme = what I like\n", f"{SET}\n# theme = what I like\n"),
        ("capacity = 3\r\n", f"{SET}\r\ncapacity = 3\r\n"),
        ('# theme = "x"\r\nrep = "R"\r\n', f'{SET}\r\nrep = "R"\r\n'),
        ('# my keys\n[keys]\n# theme = "F2"\n', f'{SET}\n# my keys\n[keys]\n# theme = "F2"\n'),
        ('rep = """\ntheme = "x"\n"""\n', f'{SET}\nrep = """\ntheme = "x"\n"""\n'),
        ('rep = """\n# theme = "x"\n"""\n', f'{SET}\nrep = """\n# theme = "x"\n"""\n'),
        ("[keys]\nmove = 'M'\n", f"{SET}\n[keys]\nmove = 'M'\n"),
    ],
)
def test_a_theme_is_remembered_and_all_else_stays(tmp_path, before, after):
    path = tmp_path / "config.toml"
    path.write_bytes(before.encode())
    path.chmod(0o600)
    config_file.remember_theme(path, "nord")
    assert path.read_bytes().decode() == after
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["config.toml"]


def test_a_theme_is_remembered_where_there_was_no_file(tmp_path, load):
    path = tmp_path / "new" / "config.toml"
    config_file.remember_theme(path, "nord")
    assert path.read_text("utf-8") == config_file.TEMPLATE.replace('# theme = "tickler-dark"', SET)
    assert load(path.read_text("utf-8")).theme == "nord"


def test_a_link_to_the_settings_stays_a_link(tmp_path):
    kept, link = tmp_path / "dotfiles.toml", tmp_path / "config.toml"
    kept.write_text("capacity = 3\n")
    link.symlink_to(kept)
    config_file.remember_theme(link, "nord")
    assert link.is_symlink()
    assert kept.read_text() == f"{SET}\ncapacity = 3\n"


@pytest.mark.parametrize("text", ["capacity = \n", "\xff"])
def test_a_file_that_cannot_be_read_is_not_touched(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(TicklerError, match=r"config\.toml"):
        config_file.remember_theme(path, "nord")
    assert path.read_bytes() == text.encode("latin-1")


@pytest.mark.parametrize(
    ("named", "place"),
    [
        ("binder.db", "{folder}/binder.db"),
        ("deep/binder.db", "{folder}/deep/binder.db"),
        ("~/binder.db", "{home}/binder.db"),
        ("$BINDERS/binder.db", "/srv/binder.db"),
        ("${BINDERS}/binder.db", "/srv/binder.db"),
        ("/srv/binder.db", "/srv/binder.db"),
        ("sqlite:///binder.db", "{folder}/binder.db"),
        ("sqlite:////srv/binder.db", "/srv/binder.db"),
        ("postgresql://host/binder", "postgresql://host/binder"),
    ],
)
def test_the_database_counts_from_the_folder_of_the_settings(
    load, tmp_path, monkeypatch, named, place
):
    monkeypatch.setenv("BINDERS", "/srv")
    monkeypatch.chdir("/")
    home = os.environ["HOME"]
    assert load(f'db = "{named}"').database() == place.format(folder=tmp_path, home=home)


def test_a_variable_that_is_not_set_is_named(load, monkeypatch):
    monkeypatch.delenv("BINDERS", raising=False)
    with pytest.raises(Unreadable, match=r"toml:1: db: there is no variable \$BINDERS"):
        load('db = "$BINDERS/binder.db"')
