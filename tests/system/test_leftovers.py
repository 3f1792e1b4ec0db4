"""Copies of clients' data that lie outside the binder are found again."""

import tempfile

from tickler.system import leftovers, programs


def test_opened_copies_are_deleted_and_kept_texts_are_named(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    copy = programs.copies() / "a1" / "offer.pdf"
    copy.parent.mkdir(parents=True)
    copy.write_text("the offer")
    typed = tmp_path / "tickler-x1" / "text.toml"
    typed.parent.mkdir()
    typed.write_text("half typed")
    (tmp_path / "tickler-of-another").mkdir()
    assert leftovers.clear() == (typed,)
    assert not copy.parent.exists()
    assert typed.read_text() == "half typed"
