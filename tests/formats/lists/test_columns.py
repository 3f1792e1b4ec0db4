import pytest

from tickler.formats.lists.columns import Column, key_of, recognise
from tickler.formats.lists.headers import Role, Whose

READ = {
    # HubSpot
    "First Name": Role.FIRST,
    "Last Name": Role.LAST,
    "Email": Role.EMAIL,
    "Phone Number": Role.PHONE,
    "Mobile Phone Number": Role.MOBILE,
    "Job Title": Role.POSITION,
    "Company Name": Role.COMPANY,
    "Associated Company": Role.COMPANY,
    "Street Address": Role.STREET,
    "City": Role.CITY,
    "Postal Code": Role.POSTCODE,
    "Country/Region": Role.COUNTRY,
    "Last Activity Date": Role.LAST_CONTACT,
    "Company name": Role.COMPANY,
    "Company Domain Name": Role.WEBSITE,
    "Industry": Role.SEGMENT,
    "Preferred language": Role.LANGUAGE,
    "Time Zone": Role.TIME_ZONE,
    "Zeitzone": Role.TIME_ZONE,
    "Öffnungszeiten": Role.HOURS,
    "Bedarf": Role.NEEDS,
    "Wettbewerber": Role.COMPETITORS,
    "Rabatt": Role.DISCOUNT,
    "Zahlungsbedingungen": Role.TERMS,
    # Pipedrive
    "Name": Role.NAME,
    "Person - Name": Role.PERSON,
    "Person - First name": Role.FIRST,
    "Person - Last name": Role.LAST,
    "Person - Organization": Role.COMPANY,
    "Person - Label(s)": Role.TAGS,
    "Person - Email - Work": Role.EMAIL,
    "Person - Phone - Mobile": Role.MOBILE,
    "Person - Phone - Other": Role.PHONE,
    "Person - Next activity date": Role.NEXT,
    "Person - Last activity date": Role.LAST_CONTACT,
    "Organization - Name": Role.COMPANY,
    "Organization - Address": Role.STREET,
    "Organization - Label": Role.TAGS,
    "Activity - Person": Role.PERSON,
    "Activity - Organization": Role.COMPANY,
    "Note - Content": Role.NOTES,
    # Salesforce
    "Account Name": Role.COMPANY,
    "Billing Street": Role.STREET,
    "Billing Zip/Postal Code": Role.POSTCODE,
    "Billing State/Province": Role.REGION,
    "Phone": Role.PHONE,
    "Fax": Role.FAX,
    "Website": Role.WEBSITE,
    "Title": Role.POSITION,
    "Mailing Street": Role.STREET,
    "Mobile Phone": Role.MOBILE,
    "Lead Source": Role.SOURCE,
    "Comments": Role.NOTES,
    "FirstName": Role.FIRST,
    "MailingCity": Role.CITY,
    "MobilePhone": Role.MOBILE,
    # Datablist
    "Company": Role.COMPANY,
    "Phone 1": Role.PHONE,
    "Phone 2": Role.PHONE,
    "Email 2": Role.EMAIL,
    "Source": Role.SOURCE,
    "Notes": Role.NOTES,
    # Northwind
    "companyName": Role.COMPANY,
    "contactName": Role.PERSON,
    "contactTitle": Role.POSITION,
    "address": Role.STREET,
    "region": Role.REGION,
    "postalCode": Role.POSTCODE,
    "country": Role.COUNTRY,
    # Outlook
    "Vorname": Role.FIRST,
    "Nachname": Role.LAST,
    "Position": Role.POSITION,
    "Business Phone": Role.PHONE,
    "Telefon geschäftlich": Role.PHONE,
    "Telefon geschäftlich 2": Role.PHONE,
    "Company Main Phone": Role.PHONE,
    "Business Fax": Role.FAX,
    "Fax geschäftlich": Role.FAX,
    "Mobiltelefon": Role.MOBILE,
    "E-mail Address": Role.EMAIL,
    "E-mail 2 Address": Role.EMAIL,
    "E-Mail-Adresse": Role.EMAIL,
    "E-Mail 2: Adresse": Role.EMAIL,
    "Business Street": Role.STREET,
    "Business Street 2": Role.STREET_MORE,
    "Straße geschäftlich": Role.STREET,
    "Ort geschäftlich": Role.CITY,
    "Postleitzahl geschäftlich": Role.POSTCODE,
    "Land/Region geschäftlich": Role.COUNTRY,
    "Web Page": Role.WEBSITE,
    "Notizen": Role.NOTES,
    "Kategorien": Role.TAGS,
    # Google
    "E-mail 1 - Value": Role.EMAIL,
    "Phone 1 - Value": Role.PHONE,
    "Address 1 - City": Role.CITY,
    "Organization Title": Role.POSITION,
    # German spreadsheets
    "Kunde": Role.COMPANY,
    "Firma": Role.COMPANY,
    "Ansprechpartner": Role.PERSON,
    "Telefon": Role.PHONE,
    "Tel.": Role.PHONE,
    "Mobil": Role.MOBILE,
    "E-Mail": Role.EMAIL,
    "Straße": Role.STREET,
    "Strasse": Role.STREET,
    "PLZ": Role.POSTCODE,
    "PLZ / Ort": Role.PLACE,
    "Ort": Role.CITY,
    "Land": Role.COUNTRY,
    "Wiedervorlage": Role.NEXT,
    "Nächster Kontakt": Role.NEXT,
    "Naechster Kontakt": Role.NEXT,
    "NÄCHSTER  KONTAKT:": Role.NEXT,
    "Follow-up": Role.NEXT,
    "Letzter Kontakt": Role.LAST_CONTACT,
    "Bemerkung": Role.NOTES,
    "Bemerkungen": Role.NOTES,
    "Branche": Role.SEGMENT,
    "Segment": Role.SEGMENT,
    "Schlagwörter": Role.TAGS,
    "Schlagwoerter": Role.TAGS,
    "Vollständiger Name": Role.PERSON,
    "Firma / Name": Role.COMPANY,
    "Unternehmensname": Role.COMPANY,
    "Mobiltelefonnummer": Role.MOBILE,
    "Telefon (optional)": Role.PHONE,
    "Straße und Hausnr.": Role.STREET,
    "2. Ansprechpartner": Role.PERSON,
    "Vorname Ansprechpartner": Role.FIRST,
    "Letzter Besuch": Role.LAST_CONTACT,
    "Kontaktiert am": Role.LAST_CONTACT,
    # Others
    "Primary Address City": Role.CITY,
    "Billing Code": Role.POSTCODE,
    "Address 1: Street 1": Role.STREET,
    "Address 1: Street 2": Role.STREET_MORE,
    "addressLine1": Role.STREET,
    "contactLastName": Role.LAST,
    "Company HQ Phone": Role.PHONE,
    "Title/Designation": Role.POSITION,
    "Last Activity Time": Role.LAST_CONTACT,
    "Group Membership": Role.TAGS,
}

KEPT = [
    "", "7", "Record ID", "Contact owner", "Company owner", "Lead Status", "Lifecycle Stage",
    "Marketing contact status", "Create Date", "Primary Associated Company ID",
    "Number of Employees", "Person - ID", "Person - Owner", "Person - Person created",
    "Organization - ID", "Organization - Owner", "Owner", "Parent Account", "Account Owner",
    "Account Site", "Account Id", "AccountId", "OwnerId", "WhoId", "WhatId", "ActivityDate",
    "Annual Revenue", "Department", "Asst. Phone",
    "Assistant's Phone", "Reports To", "Subject", "Due Date Only", "Priority", "Related To",
    "Index", "Lead Owner", "Deal Stage", "Customer Id", "Subscription Date", "Organization Id",
    "Founded", "customerID", "Kundennummer", "Activity - Due date", "Activity - Subject",
    "Activity - Note", "Activity - Assigned to user", "Deal Name", "Deal - Title",
    "Deal - Next activity date", "Deal - Owner", "Lead - Title", "E-mail Type",
    "E-mail Display Name", "Pager", "Phone 1 - Label", "Email Opt Out",
    "Betreuer", "Außendienst", "Due date", "Fällig am",
    "Sales Rep Employee Number", "Company Name for Emails", "Keywords",
    "Firmenkunde", "Telefon Assistent", "Name Assistent", "Kontaktart", "Kunde seit", "Lists",
    "Person Linkedin Url", "Email Status", "E-Mail Kategorie", "Stage", "Opportunity Owner",
]  # fmt: skip


@pytest.mark.parametrize(("header", "role"), READ.items())
def test_a_header_is_read_as_its_role(header: str, role: Role) -> None:
    column = recognise(header)
    assert column is not None
    assert column.role is role


@pytest.mark.parametrize("header", KEPT)
def test_what_names_something_else_stays_a_field(header: str) -> None:
    assert recognise(header) is None


@pytest.mark.every(4)
@pytest.mark.parametrize("header", READ)
def test_case_blanks_and_punctuation_do_not_matter(header: str) -> None:
    assert recognise(f" {header.upper().replace(' ', '_')}. ") == recognise(header)


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Phone - Work", Column(Role.PHONE, label="Work")),
        ("Telefon (privat)", Column(Role.PHONE, label="Home")),
        ("Email - Other", Column(Role.EMAIL, label="Other")),
        ("Durchwahl Telefon", Column(Role.PHONE, label="Direct")),
        ("Company Main Phone", Column(Role.PHONE, Whose.COMPANY, "Main")),
        ("Company Phone", Column(Role.PHONE, Whose.COMPANY, "Work")),
        ("Organization - Phone", Column(Role.PHONE, Whose.COMPANY)),
        ("contactPhone", Column(Role.PHONE, Whose.PERSON)),
        ("Person - Email - Home", Column(Role.EMAIL, Whose.PERSON, "Home")),
        ("Branche", Column(Role.SEGMENT, weak=True)),
        ("Billing City", Column(Role.CITY, address="billing")),
        ("Straße privat", Column(Role.STREET, address="home")),
        ("Person City", Column(Role.CITY, address="home")),
        ("Ort (Rechnungsadresse)", Column(Role.CITY, address="billing")),
        ("Straße (Büro)", Column(Role.STREET, address="business")),
        ("Contact 2 Email", Column(Role.EMAIL, Whose.PERSON, number=2)),
        ("weiterer Ansprechpartner", Column(Role.PERSON, number=2)),
    ],
)
def test_a_header_says_whose_and_which(header: str, column: Column) -> None:
    assert recognise(header) == column


def test_umlauts_match_however_they_are_written() -> None:
    assert key_of("Nächster Kontakt") == key_of("NAECHSTER-KONTAKT") == key_of("nachster kontakt")


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Nazwa firmy", Role.COMPANY),
        ("Imię", Role.FIRST),
        ("Nazwisko", Role.LAST),
        ("Telefon komórkowy", Role.MOBILE),
        ("Kod pocztowy", Role.POSTCODE),
        ("Miasto", Role.CITY),
        ("Następny kontakt", Role.NEXT),
        ("Uwagi", Role.NOTES),
        ("Fonction", Role.POSITION),
        ("Tél. portable", Role.MOBILE),
        ("CP", Role.POSTCODE),
        ("Date de relance", Role.NEXT),
        ("Dernier contact", Role.LAST_CONTACT),
        ("Commentaires", Role.NOTES),
        ("Próximo contacto", Role.NEXT),
        ("Último contacto", Role.LAST_CONTACT),
        ("Observaciones", Role.NOTES),
        ("Prossimo contatto", Role.NEXT),
        ("CAP", Role.POSTCODE),
        ("Volgend contact", Role.NEXT),
        ("Laatste contact", Role.LAST_CONTACT),
        ("Opmerkingen", Role.NOTES),
    ],
)
def test_headers_of_neighbours(header: str, role: Role) -> None:
    column = recognise(header)
    assert column
    assert column.role is role


def test_headers_of_dynamics() -> None:
    assert recognise("Email (Primary Contact)") == Column(Role.EMAIL, Whose.PERSON)
    assert recognise("Business Phone (Primary Contact)") == Column(Role.PHONE, Whose.PERSON, "Work")


def test_headers_of_cobra_agile_and_close() -> None:
    assert recognise("Telefon0") == Column(Role.PHONE)
    assert recognise("Wiedervorlage0") == Column(Role.NEXT)
    assert recognise("Straße0") == Column(Role.STREET)
    assert recognise("Umsatz0") is None
    assert recognise("Email(default)") == Column(Role.EMAIL, label="Main")
    assert recognise("next_task_date") == Column(Role.NEXT)
    assert recognise("last_communication_date") == Column(Role.LAST_CONTACT)


def test_headers_of_thunderbird() -> None:
    assert recognise("Primäre E-Mail-Adresse") == Column(Role.EMAIL, label="Main")
    assert recognise("Sekundäre E-Mail-Adresse") == Column(Role.EMAIL, label="Other")
    assert recognise("Mobil-Tel.-Nr.") == Column(Role.MOBILE)
