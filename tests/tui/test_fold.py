"""Groups fold by name, from any of their rows."""


async def test_a_group_folds_from_one_of_its_rows_opens_again_and_is_not_marked_unseen(rep):
    await rep.press("j", "j", "j")
    name = rep.in_hand.split()[0]
    shown = [row for row in rep.rows if row.endswith("▸")]
    await rep.press("ctrl+p", "fold", "enter")
    assert rep.in_hand is None
    assert len([row for row in rep.rows if row.endswith("▸") or "▸ ─" in row]) > len(shown)
    assert name not in rep.part("#pile")
    for key in ("enter", "space"):
        await rep.press(key)
        assert name in rep.part("#pile")
        assert rep.in_hand is not None
        await rep.press("ctrl+p", "fold", "enter")
        assert name not in rep.part("#pile")
    # What is folded is not marked unseen.
    await rep.type_ahead("2", "7", "v", "enter", "V", "escape", "g", "t")
    await rep.type_ahead("ctrl+p", "fold", "enter", "ctrl+p", "mark all", "enter")
    assert "ACME" not in rep.part("#pile")
    keys = rep.app.screen.query_one("#pile").marked
    assert keys
    assert rep.dossier("ACME").id not in keys
