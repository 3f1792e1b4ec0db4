"""What is kept of a fault of the program's own: where, never what."""

import stat

import pytest

from tickler.system import bug_log


def went_wrong(secret="ACME GmbH"):
    try:
        raise KeyError(secret)
    except KeyError as error:
        raise ValueError(f"no {secret}") from error


def caught():
    try:
        went_wrong()
    except ValueError as error:
        return error
    raise AssertionError


def logs(folder):
    return sorted(folder.glob("tickler/faults/*.log"))


def test_a_log_says_where_and_no_value(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    told = bug_log.fault(caught())
    (log,) = logs(tmp_path)
    assert log.name in told.sentence
    assert told.exit_code == 1
    text = log.read_text()
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "in went_wrong" in text
    assert "ACME" not in text
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_errors_that_caused_one_another_in_a_ring_end(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    error = caught()
    error.__cause__.__cause__ = error
    bug_log.fault(error)
    assert logs(tmp_path)[0].read_text().count("builtins.ValueError") == 1


@pytest.mark.parametrize("link", ["__cause__", "__context__"])
def test_a_ring_of_errors_is_broken_for_others_who_tell_them(link):
    error = caught()
    last = error.__cause__
    setattr(last, link, error)

    def run():
        raise error

    with pytest.raises(ValueError, match="no ACME"):
        bug_log.without_ring(run)
    assert error.__cause__ is last
    assert (last.__cause__, last.__context__) == (None, None)


def test_few_and_short_ones_are_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def deep(depth):
        return deep(depth + 1)

    for _ in range(bug_log.KEPT + 3):
        try:
            deep(0)
        except RecursionError as error:
            bug_log.fault(error)
    assert len(logs(tmp_path)) <= bug_log.KEPT
    assert max(each.stat().st_size for each in logs(tmp_path)) < bug_log.LONGEST


def test_where_no_log_can_be_written_the_fault_is_said_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert "ValueError" in bug_log.fault(caught()).sentence
