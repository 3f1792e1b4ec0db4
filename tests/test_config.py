"""Settings: what the file may say, and where a mistake is named."""

import tomllib

import pytest

from tickler import config
from tickler.config import Settings
from tickler.core.slots import Layout
from tickler.core.when import DateOrder
from tickler.errors import Refused, TicklerError, Unreadable


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
date_order = "mdy"
rep = "Robin"
db = "/tmp/x.db"
theme = "nord"
[keys]
move = "M"
"""
    )
    assert found.layout is Layout.DATES
    assert found.date_order is DateOrder.MDY
    assert found.weekdays == {6, 0, 1, 2, 3}
    assert (found.months_ahead, found.capacity) == (3, 12)
    assert (found.rep, found.db, found.theme) == ("Robin", "/tmp/x.db", "nord")
    assert found.keys == {"move": "M"}


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("capacity = 20\nlayuot = 'dates'", 2, "did you mean “layout”"),
        ("\n\ncapacity = 'many'", 3, "capacity takes a number from 1 to 1000"),
        ("capacity = true", 1, "a number"),
        ("capacity = 0", 1, "a number"),
        ("layout = 'rows'", 1, "“numbers” or “dates”"),
        ("weekdays = []", 1, "a list of days"),
        ("weekdays = ['mon', 'someday']", 1, "a list of days"),
        ("date_order = 7", 1, "“dmy” or “mdy”"),
        ("rep = ''", 1, "a text"),
        ("keys = 'M'", 1, "[keys]"),
        ("[keys]\nmove = 1", 1, "[keys]"),
    ],
)
def test_a_mistake_is_named_with_its_line(load, text, line, says):
    with pytest.raises(Unreadable) as error:
        load(text)
    assert f"config.toml:{line}: " in error.value.sentence
    assert says in error.value.sentence


def test_what_is_no_toml_is_named_with_its_line(load):
    with pytest.raises(Unreadable, match="line 2"):
        load("capacity = 20\nlayout = \n")


def test_the_template_says_what_holds_without_it(load):
    assert load(config.TEMPLATE) == Settings(source=load("").source)


def test_each_line_of_the_template_can_be_uncommented(load):
    lines = [line.removeprefix("# ") for line in config.TEMPLATE.splitlines()]
    settings = [line for line in lines if " = " in line or line == "[keys]"]
    assert set(tomllib.loads("\n".join(settings))) == set(config.SETTING_NAMES)
    load("\n".join(settings))


def test_the_template_is_written_once(tmp_path):
    path = tmp_path / "new" / "config.toml"
    config.write_template(path)
    assert path.read_text("utf-8") == config.TEMPLATE
    path.write_text("capacity = 3")
    with pytest.raises(Refused, match="there already"):
        config.write_template(path)
    assert path.read_text("utf-8") == "capacity = 3"


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "1066-10-14", "9999-12-31"])
def test_a_day_to_rehearse_is_a_date(day):
    with pytest.raises(Unreadable, match="TICKLER_TODAY"):
        config.load({"TICKLER_TODAY": day, "TICKLER_DB": "x"})


SET = 'theme = "nord"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{SET}\n"),
        ("capacity = 3", f"capacity = 3\n{SET}\n"),
        ('theme = "x"  # mine\nrep = "R"\n', f'{SET}  # mine\nrep = "R"\n'),
        ("  'rep' = 'R'\n\ttheme='x'\n", f"  'rep' = 'R'\n{SET}\n"),
        ('# theme = "x"\ncapacity = 3\n', f"{SET}\ncapacity = 3\n"),
        ('# theme = "x"\ntheme = "y"\n', f'# theme = "x"\n{SET}\n'),
        ("# theme = what I like\n", f"# theme = what I like\n{SET}\n"),
        ("capacity = 3\r\n", f"capacity = 3\r\n{SET}\r\n"),
        ('# theme = "x"\r\nrep = "R"\r\n', f'{SET}\r\nrep = "R"\r\n'),
        (
            'capacity = 3\n\n# my keys\n[keys]\ntheme = "F2"\n',
            f'capacity = 3\n\n{SET}\n# my keys\n[keys]\ntheme = "F2"\n',
        ),
        ("[keys]\nmove = 'M'\n", f"{SET}\n[keys]\nmove = 'M'\n"),
    ],
)
def test_a_theme_is_remembered_and_all_else_stays(tmp_path, before, after):
    path = tmp_path / "config.toml"
    path.write_bytes(before.encode())
    path.chmod(0o600)
    config.remember_theme(path, "nord")
    assert path.read_bytes().decode() == after
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["config.toml"]


def test_a_theme_is_remembered_where_there_was_no_file(tmp_path, load):
    path = tmp_path / "new" / "config.toml"
    config.remember_theme(path, "nord")
    assert path.read_text("utf-8") == config.TEMPLATE.replace('# theme = "tickler-dark"', SET)
    assert load(path.read_text("utf-8")).theme == "nord"


def test_a_link_to_the_settings_stays_a_link(tmp_path):
    kept, link = tmp_path / "dotfiles.toml", tmp_path / "config.toml"
    kept.write_text("capacity = 3\n")
    link.symlink_to(kept)
    config.remember_theme(link, "nord")
    assert link.is_symlink()
    assert kept.read_text() == f"capacity = 3\n{SET}\n"


@pytest.mark.parametrize("text", ['rep = """\ntheme = "x"\n"""\n', "capacity = \n", "\xff"])
def test_a_file_that_cannot_be_edited_for_sure_is_not_touched(tmp_path, text):
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(TicklerError, match=r"config\.toml"):
        config.remember_theme(path, "nord")
    assert path.read_bytes() == text.encode("latin-1")
