"""What to do about a failure, in words of the shell."""

from collections.abc import Mapping

from tickler.errors import Hint

HINTS: Mapping[Hint, str] = {
    Hint.ABSENCES: "`tickler absence` lists them",
    Hint.ANOTHER: "`--another` adds a second one of that name",
    Hint.ANSWER: "`--agreed {0}=fri`, `{0}=keep`, or `keep` for all",
    Hint.AS_NAME: "`--as-name offer.pdf` gives it one",
    Hint.ATTACHMENTS: "`tickler file list NAME` lists them",
    Hint.BACKUPS: "`tickler backup list` lists them",
    Hint.CHANGES: "`tickler changes` lists them",
    Hint.DOCTOR: "run `tickler doctor` to check the file",
    Hint.DROP_ABSENCE: "`tickler absence --drop {}` removes it",
    Hint.EDIT: "`tickler edit` writes one on its card",
    Hint.FORCE: "`--force` replaces it",
    Hint.HISTORY: "`tickler history NAME` shows their numbers",
    Hint.KEY: "`--key FILE` names it",
    Hint.MAP: '`--map "1=company,3=phone"` says what the columns hold',
    Hint.MOVE: "`tickler move` files it",
    Hint.NEW_BINDER: "`--db NEW.db` before the verb makes one",
    Hint.OPEN_BINDER: "`--db FILE` before the verb opens it",
    Hint.OTHER_BINDER: "`--db FILE` before a verb opens it, `--force` replaces this one by it",
    Hint.PILE: "`tickler pile` shows it",
    Hint.PILE_OF: "`--pile yesterday` names another",
    Hint.PRINT: "`tickler print pile` numbers a pile",
    Hint.REOPEN: "`tickler reopen {}` takes it out",
    Hint.RESTORE: "`tickler restore FILE` puts it in the place of this one",
    Hint.SAVE_ANYWAY: "`tickler file save --force` saves it all the same",
    Hint.SEALED: "`tickler restore FILE` opens it, with `--db NEW.db` before it into a new binder",
    Hint.SHEET: "`--sheet NAME` names it",
    Hint.SLIPS: "`tickler slip list` lists them",
    Hint.SPREAD_LATE: "`tickler spread late` files it",
    Hint.TO: "`--to NAME` files it",
    Hint.TURN: "`tickler turn` lists what is",
    Hint.WHO: "`--as NAME` before the verb says who works here",
}
