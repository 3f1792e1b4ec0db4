"""The rep's name: set later in the settings, or given by a command."""

import pytest


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Writes the settings."""
    path = tmp_path / "my.toml"

    def write(text):
        path.write_text(text)
        monkeypatch.setenv("TICKLER_CONFIG", str(path))
        return path

    return write


@pytest.mark.slow
def test_a_rep_that_is_set_later_renames_the_only_one(shell, settings):
    shell("add ACME fri")
    settings('rep = "Rita"\n')
    looked = shell("show acme --json")
    assert (looked.code, looked.err) == (0, "")
    moved = shell("move acme mon")
    assert moved.code == 0
    assert "is called Rita now, as the settings say" in moved.err
    assert shell("move acme tue").err == ""
    assert shell("show acme --json").json["owner"] == "Rita"
    assert "is called Rita" in shell("changes").out
    assert shell("--as Nobody today").code == 3
    # The moves, the new name and the dossier, one after another.
    assert [shell("undo").code for _ in range(4)] == [0, 0, 0, 0]
    assert shell("list").out == ""


def test_rep_rename(shell, settings):
    shell("add ACME")
    done = shell("rep rename 'Rita Berg'")
    assert (done.code, done.out.endswith(" is called Rita Berg\n")) == (0, True)
    assert shell("show acme --json").json["owner"] == "Rita Berg"
    path = settings('# mine\nrep = "Rita Berg"\n')
    assert shell("rep rename Rita").code == 0
    assert path.read_text() == '# mine\nrep = "Rita"\n'
    assert shell("move acme mon").err == ""
    assert shell("rep rename ' '").code == 2
    assert "called Rita already" in shell("rep rename Rita").out
