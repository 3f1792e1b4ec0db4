"""The headers by which the exports of a CRM are joined: HubSpot, Pipedrive, Salesforce and others.

They were collected from importers and fixtures of public projects, and are matched without case,
blanks and punctuation.
"""

from enum import StrEnum

from tickler.core.contact.kinds import Direction, Kind, Outcome


class CrmKind(StrEnum):
    """What a file of a CRM is about, in the order in which they are taken over."""

    COMPANIES = "companies"
    PEOPLE = "people"
    DEALS = "deals"
    ACTIVITIES = "activities"


#: Under which header a file has the ids of what it is about.
OWN_IDS: dict[CrmKind, tuple[str, ...]] = {
    CrmKind.COMPANIES: (
        "Record ID", "Company ID", "Organization - ID", "Organization ID", "Organisation ID",
        "Account ID", "Id",
    ),
    CrmKind.PEOPLE: ("Record ID", "Contact ID", "Person - ID", "Person ID", "Id"),
    CrmKind.DEALS: ("Record ID", "Deal ID", "Deal - ID", "Opportunity ID", "Id"),
    CrmKind.ACTIVITIES: ("Record ID", "Activity ID", "Activity - ID", "Task ID", "Id"),
}  # fmt: skip

TO_COMPANY = (
    "Primary Associated Company ID", "Associated Company ID", "Associated Company IDs",
    "Person - Organization ID", "Deal - Organization ID", "Activity - Organization ID",
    "Person - Organisation ID", "Aktivität - Organisation ID",
    "Organization ID", "Organisation ID", "Account ID", "Company ID", "What ID",
    "Account Name.id", "Related To.id", "Company Name.id",
)  # fmt: skip
TO_PERSON = (
    "Primary Associated Contact ID", "Associated Contact ID", "Associated Contact IDs",
    "Deal - Person ID", "Activity - Person ID", "Person ID", "Contact ID", "Who ID",
    "Contact Name.id",
)  # fmt: skip

#: Whose an activity is, where no other column says it.
RELATED = ("Related To",)

SUBJECT = (
    "Subject", "Activity - Subject", "Activity Subject", "Task Subject", "Task Title",
    "Email Subject", "Betreff", "Call Title", "Call Name", "Meeting Name", "Meeting Title",
    "Task Name", "Event Title", "Temat", "Objet", "Sujet", "Aktivität - Betreff",
)  # fmt: skip
TYPE = (
    "Activity Type", "Activity - Type", "Task Type", "Task Subtype", "Engagement Type", "Type",
    "Typ", "Aktivitätstyp", "Aktivität - Typ",
)  # fmt: skip
#: Of these headers alone no other list has one.
ACTIVITY_TYPE = ("Activity Type", "Activity - Type", "Engagement Type", "Aktivitätstyp",
    "Aktivität - Typ",
)  # fmt: skip
#: A meeting of Zoho has a title, as people have, and these two next to it.
MEETING = ("Title", "From", "To")
DAY = (
    "Activity - Due date", "Due date", "Due Date Only", "Activity Date", "Due", "Date",
    "Start Date Time", "Start", "Datum", "Fällig am", "Fälligkeitsdatum", "Call Start Time",
    "Meeting Start Time", "Start Time", "Start Date", "Data", "Échéance",
    "Aktivität - Fälligkeitsdatum",
)  # fmt: skip
CLOCK = ("Activity - Due time", "Due time", "Time", "Uhrzeit", "Aktivität - Fälligkeitszeit")
DONE = (
    "Activity - Done", "Done", "Is Closed", "Closed", "Completed", "Activity - Status",
    "Task Status", "Status", "Erledigt", "Aktivität - Erledigt", "Aktivität - Status",
)  # fmt: skip
NOTE = (
    "Activity - Note", "Note", "Notes", "Full Comments", "Comments", "Description", "Body",
    "Body preview", "Call notes", "Meeting notes", "Task Notes", "Activity - Public description",
    "Note Body", "Email Body", "Meeting Description",
    "Notiz", "Notizen", "Beschreibung", "Kommentare", "Aktivität - Notiz",
    "Aktivität - Öffentliche Beschreibung",
)  # fmt: skip
#: Of these and a day a list of activities without subjects is made.
BODY = ("Note Body", "Email Body", "Call Notes", "Meeting Notes", "Task Notes")
DEAL = ("Activity - Deal", "Aktivität - Deal", "Deal", "Associated Deal", "Opportunity")
OUTCOME = ("Call Outcome", "Call Result", "Meeting Outcome", "Outcome", "Call Disposition")
DIRECTION = ("Call Direction", "Call Type", "Email Direction", "Direction")

#: Our outcomes by what is said in their column; whatever else is said there stays text.
OUTCOMES = {
    "connected": Outcome.REACHED, "noanswer": Outcome.NO_ANSWER, "busy": Outcome.NO_ANSWER,
    "leftvoicemail": Outcome.VOICEMAIL, "voicemail": Outcome.VOICEMAIL,
    "completed": Outcome.DONE, "noshow": Outcome.NO_SHOW, "canceled": Outcome.CANCELLED,
    "cancelled": Outcome.CANCELLED,
}  # fmt: skip
DIRECTIONS = {
    "outbound": Direction.OUT, "outgoing": Direction.OUT, "email": Direction.OUT,
    "inbound": Direction.IN, "incoming": Direction.IN, "incomingemail": Direction.IN,
}  # fmt: skip

#: What is said in a column of what is done, or of how far it is.
IS_DONE = frozenset(
    {
        "done", "true", "yes", "1", "x", "completed", "complete", "closed", "finished", "held",
        "erledigt", "ja", "abgeschlossen", "beendet",
    }
)  # fmt: skip
IS_OPEN = frozenset(
    {
        "todo", "false", "no", "0", "open", "notstarted", "inprogress", "planned", "deferred",
        "waiting", "waitingonsomeoneelse", "offen", "nein", "geplant",
        "zuerledigen", "nichterledigt",
    }
)  # fmt: skip

#: By what the word for its type begins with.
KINDS: tuple[tuple[str, Kind], ...] = (
    ("call", Kind.CALL), ("phone", Kind.CALL), ("anruf", Kind.CALL), ("telefon", Kind.CALL),
    ("meeting", Kind.MEETING), ("demo", Kind.MEETING), ("event", Kind.MEETING),
    ("termin", Kind.MEETING), ("besprech", Kind.MEETING), ("appointment", Kind.MEETING),
    ("email", Kind.EMAIL), ("incomingemail", Kind.EMAIL), ("mail", Kind.EMAIL),
    ("visit", Kind.VISIT), ("besuch", Kind.VISIT), ("offer", Kind.OFFER), ("angebot", Kind.OFFER),
    ("note", Kind.NOTE), ("notiz", Kind.NOTE),
)  # fmt: skip
