"""Where the settings and the binders are is what the platform says."""

from itertools import product

import platformdirs
import pytest

from tickler.config import places

#: What the variables of a session may be: not set, empty, relative, a folder.
SET = (None, "", "here/below", "/folders of mine/", "//twice")


def test_folders_are_those_of_the_platform(monkeypatch):
    for home, config, data in product(SET, repeat=3):
        for name, folder in {
            "HOME": home,
            "XDG_CONFIG_HOME": config,
            "XDG_DATA_HOME": data,
        }.items():
            if folder is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, folder)
        kept = platformdirs.user_config_path(places.APP, appauthor=False)
        assert places.config_path({}) == kept / "config.toml"
        assert places.data_path() == platformdirs.user_data_path(places.APP, appauthor=False)


@pytest.mark.parametrize("name", ["config", "data"])
def test_an_android_is_no_linux(monkeypatch, name):
    monkeypatch.setenv("ANDROID_DATA", "/data")
    asked = []
    monkeypatch.setattr(
        platformdirs, f"user_{name}_path", lambda *_, **__: asked.append(name) or places.Path("/x")
    )
    getattr(places, f"{name}_path")()
    assert asked == [name]
