"""The question, asked once, in which country the rep works: its holidays are not working days."""

from dataclasses import replace

from tickler import config
from tickler.cli import say
from tickler.cli.face import Face
from tickler.errors import TicklerError, Unreadable
from tickler.system import territory


def ask_once(face: Face) -> None:
    """Ask a person at the terminal, and write the answer into the settings.

    Nothing is asked where a country is set, or where the locale of the machine names none.
    """
    settings, fault = face.settings_or_default()
    here = territory.country()
    if face.demo or fault or settings.country is not None or not here or not say.can_ask():
        return
    today = face.clock_on(settings.today)().date()
    said = say.answer(
        f"Are the public holidays of {here} days off for you? "
        "[Y/n, or the code of another country, such as AT]"
    )
    none = config.settings.NO_COUNTRY
    code = none if said.casefold() in ("n", "no", "nein") else said.upper()
    code = here if said == "" or say.is_yes(said) else code
    try:
        replace(settings, country=code).holidays()(today.year)
        config.file.remember(config.places.config_path(), "country", code)
    except Unreadable as error:
        say.warn(f"{error.sentence}; nothing is set: `tickler config` asks again")
    except TicklerError as error:
        say.warn(f"{error.sentence}; the settings are as they were")
    else:
        where = config.places.config_path()
        said_so = "no holidays" if code == none else f"the holidays of {code} are days off"
        say.talk(f"{said_so}: country in {where} changes it, region adds those of a region")
