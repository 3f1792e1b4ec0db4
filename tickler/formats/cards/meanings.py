"""What the properties of cards are: where each has its place, and what has none."""

import re

from tickler.core.client.fields import CARD_FIELDS

#: Letters of languages in which the family name comes first.
FAMILY_FIRST = range(0x2E80, 0xD7FF)

#: The fields of our card that vCards have a place for, and the others by names of our own.
_STANDARD = frozenset(
    {"street", "postcode", "city", "region", "country", "website", "time_zone", "notes"}
)
OWN = {f"X-TICKLER-{name.upper()}": name for name in CARD_FIELDS if name not in _STANDARD}
#: A free field of our card: its name and its text.
OWN_FIELD = "X-TICKLER-FIELD"
#: What of a client one of our cards is, `client` or `person`, and the client's UID.
OWN_PART = "X-TICKLER-PART"

#: Where a property has its place, for the preview of an address book.
PLACES = {
    "FN": "person", "N": "person", "ORG": "company", "TITLE": "position", "ROLE": "position",
    "TEL": "phone", "X-MS-TEL": "phone", "EMAIL": "email", "ADR": "address", "URL": "website",
    "CATEGORIES": "tags", "NOTE": "notes", "LANG": "language", "TZ": "time zone",
    "AGENT": "person",
}  # fmt: skip

#: What is kept as a field of the card, by what the programs call it.
LABELS = {
    "BDAY": "Birthday", "X-EVOLUTION-BIRTHDAY": "Birthday",
    "ANNIVERSARY": "Anniversary", "X-ANNIVERSARY": "Anniversary",
    "X-EVOLUTION-ANNIVERSARY": "Anniversary", "X-MS-ANNIVERSARY": "Anniversary",
    "X-KADDRESSBOOK-X-ANNIVERSARY": "Anniversary", "DEATHDATE": "Day of death",
    "BIRTHPLACE": "Place of birth", "DEATHPLACE": "Place of death",
    "NICKNAME": "Nickname", "X-NICKNAME": "Nickname", "X-MAIDENNAME": "Maiden name",
    "GENDER": "Gender", "X-GENDER": "Gender", "X-WAB-GENDER": "Gender",
    "X-SPOUSE": "Spouse", "X-EVOLUTION-SPOUSE": "Spouse", "X-MS-SPOUSE": "Spouse",
    "X-KADDRESSBOOK-X-SPOUSESNAME": "Spouse", "X-WAB-SPOUSE_NAME": "Spouse",
    "X-KADDRESSBOOK-X-SPOUSENAME": "Spouse", "X-WAB-WEDDING_ANNIVERSARY": "Anniversary",
    "X-KADDRESSBOOK-X-DEPARTMENT": "Department", "X-KADDRESSBOOK-X-IMADDRESS": "Chat",
    "X-MANAGERSNAME": "Manager", "X-ASSISTANTNAME": "Assistant",
    "X-IRMC-CALL-DATETIME": "Called on",
    "X-MANAGER": "Manager", "X-EVOLUTION-MANAGER": "Manager", "X-MS-MANAGER": "Manager",
    "X-KADDRESSBOOK-X-MANAGERSNAME": "Manager",
    "X-ASSISTANT": "Assistant", "X-EVOLUTION-ASSISTANT": "Assistant",
    "X-MS-ASSISTANT": "Assistant", "X-KADDRESSBOOK-X-ASSISTANTSNAME": "Assistant",
    "AGENT": "Assistant", "X-MS-CHILD": "Child",
    "X-KADDRESSBOOK-X-PROFESSION": "Profession", "X-KADDRESSBOOK-X-OFFICE": "Office",
    "X-PHONETIC-FIRST-NAME": "First name as it sounds",
    "X-PHONETIC-MIDDLE-NAME": "Middle name as it sounds",
    "X-PHONETIC-LAST-NAME": "Last name as it sounds",
    "X-PHONETIC-NAME": "Name as it sounds", "X-PHONETIC-ORG": "Company as it sounds",
    "X-AIM": "AIM", "X-ICQ": "ICQ", "X-JABBER": "Jabber", "X-MSN": "MSN", "X-YAHOO": "Yahoo",
    "X-SKYPE": "Skype", "X-SKYPE-USERNAME": "Skype", "X-GOOGLE-TALK": "Google Talk",
    "X-GTALK": "Google Talk", "X-QQ": "QQ", "X-GADUGADU": "Gadu-Gadu", "X-TWITTER": "Twitter",
    "X-MATRIX": "Matrix", "X-GROUPWISE": "GroupWise", "X-SIP": "SIP",
    "X-EVOLUTION-VIDEO-URL": "Video call", "X-EVOLUTION-BLOG-URL": "Blog",
    "X-EVOLUTION-OFFICE": "Office", "X-MS-IMADDRESS": "Chat", "X-KADDRESSBOOK-BLOGFEED": "Blog",
    "BLOGFEED": "Blog", "GEO": "Place on the map", "FBURL": "Free and busy",
    "CALURI": "Calendar", "CALADRURI": "Invitations", "SORT-STRING": "Sorted as",
    "X-EVOLUTION-FILE-AS": "Sorted as", "EXPERTISE": "Expertise", "HOBBY": "Hobby",
    "INTEREST": "Interest", "X-MS-TEXT": "Text", "MAILER": "Mail program", "PRONOUNS": "Pronouns",
    "X-ABDATE": "Date", "X-ABRELATEDNAMES": "Related", "RELATED": "Related", "LABEL": "Address",
    "IMPP": "Chat", "X-SOCIALPROFILE": "Profile", "SOCIALPROFILE": "Profile",
}  # fmt: skip

#: Properties whose value is a day.
DATES = frozenset(
    name for name, label in LABELS.items() if label in ("Birthday", "Anniversary", "Day of death")
) | {"X-ABDATE"}

#: What is of the one program that wrote it, and says nothing of a client.
_MACHINERY = frozenset(
    {
        "VERSION", "UID", "REV", "PRODID", "PROFILE", "NAME", "SOURCE", "CLASS", "CLIENTPIDMAP",
        "XML", "CREATED", "CAPURI", "JSPROP", "X-ABADR", "X-ABORDER", "X-ABUID", "X-ABPHOTO",
        "X-IMAGEHASH", "X-IMAGETYPE", "X-ETAG",
        "X-LUID", "X-IRMC-LUID", "X-CLASS", "X-ACCESS",
        "X-ADDRESSBOOKSERVER-MEMBER", "X-ADDRESSBOOKSERVER-PHONEME-DATA", "X-MS-CARDPICTURE",
        "X-MOZILLA-HTML", "X-MS-OL-DESIGN", "X-MS-OL-DEFAULT-POSTAL-ADDRESS", "X-APPLE-RD",
        "X-SHARED-PHOTO-DISPLAY-PREF", "X-APPLE-SUBADMINISTRATIVEAREA", "X-APPLE-GUARDIAN",
        "X-AUTHOR", "X-PM-LOGIN", "X-PM-ENCRYPT", "X-PM-ENCRYPT-UNTRUSTED", "X-PM-SIGN",
        "X-PM-SCHEME", "X-PM-MIMETYPE", "X-PM-TLS", "X-SYNC", "X-SAVEDAT", "X-SIGNATURE",
        "X-ANDROID-STARRED", "X-CARDINFO", "X-COUCHDB-APPLICATION-ANNOTATIONS", "X-FC-LIST-ID",
        "X-FC-TAGS", "X-ID", "X-PIPEDRIVE-ID", "X-NC-SCOPE", "X-MMSURL",
    }
)  # fmt: skip
_OF_PROGRAMS = re.compile(
    r"X-(?:EVOLUTION-(?:WEBDAV|LIST|DEST|ETAG|BOOK|X509)|EDS-|KADDRESSBOOK-CRYPTO|CRYPTO|"
    r"RADICALE|BAIKAL|SOGO|OWNCLOUD|OC-|NC-|NEXTCLOUD|DAVX|DAVDROID|GOOGLE-(?:ID|ETAG)|SYNCML|"
    r"SYNTHESIS|FUNAMBOL|CARDDAV|APPLE-(?:ICLOUD|UID)|WR-|AKONADI)"
    r"|X-.*-(?:UUID|ETAG|HASH|GUID|REVISION)"
)
#: A value that no person wrote: a digest, a UUID, JSON or XML.
_NO_WORDS = re.compile(
    r"[0-9a-f]{20,}(?:[-.][0-9a-f.]*)?"
    r"|(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-?[0-9a-f]{8,12}"
    r"|\{.*\}|<\??(?:xml|card|html).*",
    re.IGNORECASE | re.DOTALL,
)

#: How the other items of a phone book of Android are called, by what they are about.
ANDROID_EVENTS = {"1": "Anniversary", "2": "Other date", "3": "Birthday"}
ANDROID_RELATIONS = {
    "1": "Assistant", "2": "Brother", "3": "Child", "4": "Partner", "5": "Father", "6": "Friend",
    "7": "Manager", "8": "Mother", "9": "Parent", "10": "Partner", "11": "Referred by",
    "12": "Relative", "13": "Sister", "14": "Spouse",
}  # fmt: skip

GENDERS = {
    "M": "male", "F": "female", "O": "other", "N": "", "U": "", "2": "male", "1": "female",
}  # fmt: skip

#: What says of a number or address how it is sent, or nothing at all.
SILENT_TYPES = frozenset(
    {
        "voice", "pref", "internet", "msg", "text", "textphone", "video", "dom", "intl", "parcel",
        "postal", "x400", "cell", "mobile", "fax", "none", "x-evolution-ui-slot", "tel", "phone",
        "smtp", "x-internet", "x-voice", "iphone", "bbs", "modem", "attmail", "aol", "work_fax",
    }
)  # fmt: skip

#: What a type or a label says of whose a number is: the company's, not the person's.
OF_COMPANY = frozenset(
    {"main", "company", "company main", "zentrale", "switchboard", "hq", "org", "company phone"}
)
#: And of somebody else.
OF_ASSISTANT = frozenset({"assistant", "assistant phone", "assistantphone", "assistent"})


def is_machinery(name: str) -> bool:
    """Whether a property is only of the program that wrote the card."""
    return name in _MACHINERY or _OF_PROGRAMS.match(name) is not None


def has_words(value: str) -> bool:
    """Whether a value of an unknown property says something to a person."""
    return _NO_WORDS.fullmatch(value) is None
