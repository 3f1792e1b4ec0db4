"""On the narrowest screen, too, a message about a file with a long path shows its reason."""

import shutil

import pytest

PRINT = ("ctrl+p", "print", "enter")


@pytest.fixture
def deep(tmp_path):
    """A folder whose path has more than 150 letters."""
    folder = tmp_path / "a-folder-of-a-rep-who-likes-order" / ("and-names-that-say-all-" * 6)
    folder.mkdir(parents=True)
    assert len(str(folder)) > 150
    return folder


@pytest.mark.slow
async def test_a_form_for_files_shows_it(rep, deep):
    (deep / "there.txt").write_text("mine")
    for width in (80, 60):
        await rep.pilot.resize_terminal(width, 24)
        for keys, reasons in (
            (("enter", "a"), {deep / "none.pdf": "✗ there is no such file (",
                   deep: "✗ this is a folder: name the files"}),
            (PRINT, {deep / "there.txt": "✗ a file with this name exists; Enter",
                   deep / "none" / "x.txt": "✗ there is no such folder ("}),
        ):  # fmt: skip
            await rep.press(*keys)
            for path, reason in reasons.items():
                rep.app.screen.query_one("#text").value = str(path)
                await rep.press("enter")
                assert reason in rep.form
            await rep.press("escape")
        assert rep.app.screen.size.width == width
    assert (deep / "there.txt").read_text() == "mine"


@pytest.mark.slow
async def test_head_and_status_show_it(at_desk, sample_desk, open_desk, deep):
    moved = shutil.copy(sample_desk.path, deep / "tickler.db")
    sample_desk.close()
    async with at_desk(open_desk(moved, today=sample_desk.today())) as rep:
        assert rep.in_hand == "ACME"
        moved.rename(deep / "away.db")
        for width in (80, 60):
            await rep.pilot.resize_terminal(width, 24)
            await rep.press("+")
            assert rep.app.screen.size.width == width
            assert rep.words("#status").startswith("✗ the binder no longer exists: No such")
            await rep.until(lambda: rep.lines[0].startswith(" ⚠ the binder no longer exists"), "⚠")
