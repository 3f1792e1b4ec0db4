"""The forms there are: the rep's own next to the settings, and those that ship."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tickler.config import settings
from tickler.config.file import write_new
from tickler.core.client.forms import NAME, FormTemplate
from tickler.core.text import fold, quote
from tickler.errors import Ambiguous, NotFound, Refused, TicklerError, Unreadable, short_path
from tickler.formats.forms import LONGEST_FILE, read_form
from tickler.formats.mistakes import Mistaken
from tickler.system import files


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A form there is; where its file cannot be used, `form` is None and `fault` says why."""

    name: str
    path: Path
    own: bool
    form: FormTemplate | None = None
    fault: str = ""

    @property
    def title(self) -> str:
        return self.form.title if self.form else self.name


def known() -> tuple[KnownForm, ...]:
    """All forms by name; one of the rep's own takes the place of one that ships.

    Raises TicklerError where the folder of the rep's own may not be read.
    """
    found: dict[str, KnownForm] = {}
    for folder, own in ((settings.shipped_path() / "forms", False), (settings.forms_path(), True)):
        for path in _files(folder):
            found[fold(path.stem)] = _read(path, own=own)
    return tuple(found[name] for name in sorted(found))


def names() -> tuple[str, ...]:
    """What the forms are called, without reading them."""
    folders = (settings.shipped_path() / "forms", settings.forms_path())
    return tuple(sorted({path.stem for folder in folders for path in _files(folder)}))


def named(typed: str) -> FormTemplate:
    """The form of this name or title, or of the one name that begins so.

    Raises NotFound, Ambiguous, Unreadable where its file is wrong.
    """
    each = called(typed, known())
    if each.form is None:
        raise Unreadable(each.fault)
    return each.form


def called(typed: str, forms: Sequence[KnownForm]) -> KnownForm:
    """Which of these forms is meant; raises NotFound, Ambiguous."""
    meant = fold(typed)
    found = [each for each in forms if fold(each.name) == meant]
    found = found or [each for each in forms if fold(each.title) == meant]
    found = found or [each for each in forms if meant and fold(each.name).startswith(meant)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(each.name for each in found or forms)
    if found:
        raise Ambiguous(f"{quote(typed)} may be the form {listed}")
    raise NotFound(f"there is no form {quote(typed)}; there are {listed}")


def path_of_new(name: str) -> Path:
    """Where the rep's own form of this name would be.

    Raises Unreadable for what cannot be a name, Refused where it is there already.
    """
    if not NAME.fullmatch(name):
        raise Unreadable(
            f"{quote(name, 80)} is not a name for a form: letters, digits and - alone, as visit"
        )
    folder = settings.forms_path()
    taken = [path for path in _files(folder) if fold(path.stem) == fold(name)]
    if taken:
        raise Refused("a form with this name exists; it was not changed", path=taken[0])
    return folder / f"{name}.toml"


def write(path: Path, text: str) -> None:
    """Write a new form; raises Refused where the file is there, else TicklerError."""
    write_new(path, text)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if p.suffix == ".toml" and p.name[0] not in "._")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise TicklerError(f"cannot read the forms: {error.strerror}", path=folder) from error


def _read(path: Path, *, own: bool) -> KnownForm:
    try:
        form = read_form(files.bytes_of(path, LONGEST_FILE), path.stem, path)
    except Mistaken as error:
        return KnownForm(path.stem, path, own, fault=error.sentence)
    except TicklerError as error:
        why = error.bare.removeprefix(files.UNREAD)
        fault = f"cannot read the form: {why} ({short_path(path)})"
        return KnownForm(path.stem, path, own, fault=fault)
    return KnownForm(path.stem, path, own, form)
