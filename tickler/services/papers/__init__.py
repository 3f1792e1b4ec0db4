"""Papers on a dossier: attachments, mails, forms and their sheets."""

from typing import TYPE_CHECKING

from tickler.lazy import modules_of

if TYPE_CHECKING:
    from tickler.services.papers import (
        attach,
        forms,
        mail_files,
        mail_in,
        mail_offers,
        mail_out,
        sheets,
    )
else:
    __getattr__ = modules_of(__name__)
