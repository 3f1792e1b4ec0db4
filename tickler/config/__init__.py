"""The settings: what each is, what it takes, and the file they are read from."""

from tickler.lazy import modules_of

TYPE_CHECKING = False  # as in typing, which takes longer to load than Tab needs
if TYPE_CHECKING:
    from tickler.config import contact_rules, file, holidays, places, readers, settings
else:
    __getattr__ = modules_of(__name__)
