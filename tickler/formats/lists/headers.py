"""The words in the headers of client lists, and what they mean.

English and German are whole; French and Polish have what a list of clients has; Dutch, Italian and
Spanish the names, dates and notes. Those of addresses are in `address_headers`.

They are those that HubSpot, Pipedrive, Salesforce, SuiteCRM, Zoho, Datablist, Northwind, Outlook,
Google, LinkedIn, Lexware, DATEV, sevDesk and hand-made spreadsheets write. Whatever names someone
else or something else (an owner, a parent account, an assistant's phone, a record id) is in no
table here on purpose, so that it is kept as a field of the card.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a column holds; the value is the word for the report."""

    COMPANY = "company"
    NAME = "name"
    PERSON = "person"
    FIRST = "first name"
    LAST = "last name"
    SALUTATION = "salutation"
    TITLE = "title"
    POSITION = "position"
    PHONE = "phone"
    MOBILE = "mobile"
    FAX = "fax"
    EMAIL = "e-mail"
    STREET = "street"
    STREET_MORE = "more of the street"
    HOUSE = "house number"
    POSTCODE = "postcode"
    CITY = "city"
    PLACE = "postcode and city"
    REGION = "region"
    COUNTRY = "country"
    WEBSITE = "website"
    SEGMENT = "segment"
    SOURCE = "source"
    LANGUAGE = "language"
    TIME_ZONE = "time zone"
    HOURS = "opening hours"
    NEEDS = "needs"
    COMPETITORS = "competitors"
    DISCOUNT = "discount"
    TERMS = "payment terms"
    NOTES = "notes"
    TAGS = "tags"
    NEXT = "next contact"
    LAST_CONTACT = "last contact"
    HISTORY = "history"
    AREA = "area code"
    AT = "time of day"
    WHAT = "what to do"


class Whose(StrEnum):
    """Whom a header names: the contact person, the company, or it does not say."""

    PERSON = "person"
    COMPANY = "company"
    OPEN = ""


HEADERS: dict[Role, tuple[str, ...]] = {
    Role.COMPANY: (
        "Company", "Company Name", "Associated Company", "Primary Associated Company",
        "Organization", "Organisation", "Organization Name", "Organisation Name", "Account Name",
        "Org Name", "Zugeordnetes Unternehmen", "Nom du compte", "Company / Account",
        "Account Name: Account Name", "Company Account", "Business Name", "Name of Company",
        "Employer", "Exhibitor", "Firma", "Firmenname", "Firma / Name", "Name / Firma",
        "Name der Firma", "Firma Name", "Firmenbezeichnung", "Firmierung", "Unternehmen",
        "Unternehmensname", "Unternehmensbezeichnung", "Name des Unternehmens",
        "Name Unternehmen", "Unternehmen / Name", "Betrieb", "Betriebsname", "Organisationsname",
        "Firma / Organisation", "Firma / Unternehmen", "Arbeitgeber", "Aussteller",
        "Name (Adressattyp Unternehmen)", "Firma 1", "Société", "Entreprise",
        "Nom de l'entreprise", "Raison sociale", "Azienda", "Società", "Ragione sociale",
        "Empresa", "Compañía", "Razón social", "Bedrijf", "Bedrijfsnaam", "Organisatie",
        "Nom de la société", "Dénomination", "Nom entreprise", "Nom société", "Nazwa firmy",
        "Nazwa przedsiębiorstwa", "Przedsiębiorstwo", "Nazwa podmiotu",
    ),
    Role.NAME: ("Name",),
    Role.PERSON: (
        "Person", "Contact", "Contact Name", "Contact Person", "Main Contact", "Primary Contact",
        "Associated Contact", "Contact Full Name", "Name of Contact", "Contact Person Name",
        "Ansprechpartner", "Ansprechpartnerin", "Ansprechperson", "Kontakt", "Kontaktperson",
        "Kontaktname", "Kontaktpartner", "Ansprechpartner / in", "Name des Ansprechpartners",
        "Name Ansprechpartner", "Name Kontaktperson", "Name der Kontaktperson", "Hauptkontakt",
        "Hauptansprechpartner", "AP",
        "Personne de contact", "Nom du contact", "Persona di contatto", "Referente",
        "Persona de contacto", "Contacto", "Contactpersoon",
        "Anspr", "Ansprech", "Ansprechp", "Ansp", "Asp", "Gesprächspartner", "Gesprächspartnerin",
        "Interlocuteur", "Contact principal",
        "Osoba kontaktowa", "Osoba do kontaktu", "Kontakt osoba",
    ),
    Role.FIRST: (
        "First Name", "Given Name", "Forename", "Vorname", "Rufname",
        "Prénom", "Voornaam", "Imię", "Nome", "Nombre", "Vorname (Adressattyp natürl. Person)",
    ),
    Role.LAST: (
        "Last Name", "Surname", "Family Name", "Nachname", "Familienname", "Zuname",
        "Nom", "Nom de famille", "Cognome", "Apellido", "Apellidos", "Achternaam", "Nazwisko",
        "Name (Adressattyp natürl. Person)",
    ),
    Role.SALUTATION: ("Anrede", "Salutation", "Civilité", "Name Prefix"),
    Role.TITLE: ("Titel", "Akademischer Titel", "Akad Titel", "Academic Title"),
    Role.POSITION: (
        "Job Title", "Position", "Contact Title", "Function", "Funktion", "Stellung",
        "Organization Title", "Organization Job Title", "Designation", "Title/Designation",
        "Jobtitel", "Jobbezeichnung", "Berufsbezeichnung", "Job Position",
        "Position im Unternehmen", "Funktion / Position", "Position / Funktion",
        "Arbeitstitel", "Fonction", "Poste", "Stanowisko", "Stanowisko pracy",
    ),
    Role.WEBSITE: (
        "Website", "Web Site", "Web Page", "Website URL", "Homepage", "URL", "Web", "WWW",
        "Webseite", "Internet", "Internetadresse", "Internetseite", "Webadresse", "Web Address",
        "Company Website", "Website Link", "Firmenwebsite", "Unternehmenswebsite", "Website Value",
        "Home Page", "Website 1 Value", "Site web", "Site internet", "Sito web", "Sitio web",
        "Strona www", "Strona internetowa", "Adres www", "Strona",
    ),
    Role.SEGMENT: (
        "Segment", "Customer Segment", "Kundensegment", "Kundengruppe", "Kundenklasse",
        "Segment client", "Segment klienta", "ABC", "ABC-Kunde", "ABC-Klasse",
        "ABC-Klassifizierung",
    ),
    Role.SOURCE: (
        "Source", "Lead Source", "Quelle", "Leadquelle", "Lead-Quelle", "Herkunft", "Lead Origin",
        "Provenance", "Źródło",
    ),
    Role.LANGUAGE: (
        "Language", "Preferred Language", "Sprache", "Korrespondenzsprache", "Bevorzugte Sprache",
        "Langue", "Język",
    ),
    Role.TIME_ZONE: ("Time Zone", "Zeitzone"),
    Role.AT: (
        "Uhrzeit", "Time of day", "Zeit", "WV Uhrzeit", "WV Zeit", "Uhrzeit Wiedervorlage",
        "Next activity time", "Termin Uhrzeit", "Follow up time",
    ),
    Role.WHAT: (
        "WV-Grund", "Grund Wiedervorlage", "Grund der Wiedervorlage", "Nächster Schritt",
        "Nächste Schritte", "Next Step", "Next Steps", "Next Action", "Prochaine étape", "To do",
        "Następny krok", "Wiedervorlagegrund", "WV Text", "WV Thema", "Thema Wiedervorlage",
    ),
    Role.AREA: ("Vorwahl", "Ortsvorwahl", "Area Code", "Telefonvorwahl", "Phone Area Code"),
    Role.HOURS: (
        "Opening Hours", "Business Hours", "Office Hours", "Öffnungszeiten", "Geschäftszeiten",
        "Bürozeiten", "Sprechzeiten", "Erreichbarkeit", "Erreichbar",
    ),
    Role.NEEDS: ("Needs", "Bedarf"),
    Role.COMPETITORS: ("Competitors", "Competitor", "Wettbewerber", "Mitbewerber"),
    Role.DISCOUNT: ("Discount", "Rabatt"),
    Role.TERMS: ("Payment Terms", "Terms of Payment", "Zahlungsbedingungen", "Zahlungsbedingung",
        "Zahlungsziel",),
    Role.NOTES: (
        "Notes", "Note", "Note - Content", "Comment", "Comments", "Remark", "Remarks",
        "Bemerkung", "Bemerkungen", "Notiz", "Notizen", "Anmerkung", "Anmerkungen", "Kommentar",
        "Kommentare", "Gesprächsnotiz", "Gesprächsnotizen", "Memo", "Internal Notes",
        "Personal Notes",
        "Commentaire", "Commentaires", "Remarque", "Remarques", "Observations", "Uwagi", "Uwaga",
        "Notatki", "Notatka", "Komentarz", "Notas", "Comentarios", "Observaciones", "Opmerkingen",
        "Opmerking", "Notities", "Notitie", "Osservazioni", "Commenti",
    ),
    Role.TAGS: (
        "Tags", "Tag", "Label", "Labels", "Label(s)", "Categories", "Kategorien", "Schlagworte",
        "Schlagwörter", "Stichworte", "Stichwörter", "Group Membership",
        "Étiquettes", "Catégories", "Etykiety", "Etykieta", "Kategorie",
    ),
    Role.NEXT: (
        "Next activity date", "Next contact", "Next contact date", "Next contact on",
        "Follow up", "Follow up date", "Follow up on", "Next follow up", "Next follow up date",
        "Next on", "Next month", "Next call", "Next call date", "Next meeting", "Callback date",
        "Call back on", "Callback", "Next activity", "Next step date", "Reminder date",
        "Next visit", "Next contact time", "Next task date", "Next task", "Next task due",
        "Next task due date", "Nächste Aufgabe", "Nächste Aufgabe am",
        "Wiedervorlage", "Wiedervorlage am", "Wiedervorlagedatum", "Wiedervorlage Datum", "WV",
        "WV am", "WV Datum", "WV bis", "Wiedervorlage bis", "Nächster Kt", "nä. Kontakt",
        "Datum Wiedervorlage", "Nächste Wiedervorlage", "Nächste WV",
        "Nächster Kontakt", "Nächster Kontakt am", "Nächste Kontaktaufnahme", "Nächster Anruf",
        "Nächster Termin", "Nächste Aktivität", "Datum der nächsten Aktivität", "Nächster Besuch",
        "Nachfassen", "Nachfassen am", "Rückruf", "Rückruf am", "Anruf am", "Erinnerung am",
        "Prochain contact", "Date de relance", "Relance", "Prochaine relance", "À relancer le",
        "Prochain appel", "Prochain rendez-vous", "Prochain RDV", "Rappel", "Rappeler le",
        "Date du prochain contact", "Relance le",
        "Następny kontakt", "Kolejny kontakt", "Data następnego kontaktu", "Następny termin",
        "Data kolejnego kontaktu", "Przypomnienie", "Następne spotkanie", "Następny telefon",
        "Próximo contacto", "Próxima llamada", "Próxima visita", "Fecha próximo contacto",
        "Prossimo contatto", "Prossima chiamata", "Prossima visita", "Data prossimo contatto",
        "Volgend contact", "Volgende contact", "Volgend contactmoment", "Volgende afspraak",
    ),
    Role.LAST_CONTACT: (
        "Last activity date", "Last activity", "Last contact", "Last contact date",
        "Last contact on", "Last contacted", "Last contacted on", "Last activity time",
        "Date of last contact", "Last call", "Last call date", "Last visit", "Last touch",
        "Last interaction", "Letzter Kontakt", "Letzter Kontakt am", "Letzte Kontaktaufnahme",
        "Letzter Kontakt Datum", "Letzter Kt", "l. Kontakt", "Datum letzter Kontakt",
        "Datum des letzten Kontakts",
        "Letzte Aktivität", "Letzter Anruf", "Letzter Besuch", "Letztes Gespräch",
        "Zuletzt kontaktiert", "Zuletzt kontaktiert am", "Kontaktiert am", "Kontaktdatum",
        "Last communication", "Last communication date", "Last contacted time",
        "Last contacted date", "Date last contacted",
        "Datum der letzten Aktivität", "Dernier contact", "Date du dernier contact",
        "Dernier appel", "Dernière visite", "Ostatni kontakt", "Data ostatniego kontaktu",
        "Ostatnia rozmowa", "Ostatnie spotkanie", "Último contacto", "Fecha último contacto",
        "Última llamada", "Ultimo contatto", "Data ultimo contatto", "Laatste contact",
        "Laatste contactmoment",
    ),
}  # fmt: skip

#: These count only where no other column of the list has their role.
WEAK_HEADERS: dict[Role, tuple[str, ...]] = {
    Role.COMPANY: (
        "Account", "Customer", "Customer Name", "Client", "Client Name", "Kunde", "Kundenname",
        "Kunden", "Kd", "Kd Name", "Name des Kunden", "Kunde / Firma", "Firma / Kunde",
        "Kundenbezeichnung", "Interessent", "Business", "Institution",
        "Bezeichnung", "Kurzbezeichnung", "Matchcode", "Laden", "Praxis", "Shop", "Store",
        "Nom du client", "Klient", "Nazwa klienta", "Nazwa", "Kontrahent", "Nazwa kontrahenta",
    ),
    Role.POSITION: ("Title", "Beruf", "Role", "Rolle", "Job Role"),
    Role.WEBSITE: ("Domain", "Company Domain Name"),
    Role.SEGMENT: ("Industry", "Branche", "Secteur d'activité", "Secteur", "Branża"),
    Role.SOURCE: ("Original Source",),
    Role.NOTES: ("Description", "Beschreibung", "Info", "Infos", "Hinweis", "Hinweise",
        "Opis",),
    Role.TAGS: ("Kategorie",),
    Role.NEXT: (
        "Termin", "Termin am", "Appointment",
        "Next appointment", "Next date", "Anrufen am", "Rückruf Datum", "Nächstes Gespräch",
        "Nächster Schritt am", "Follow up am", "Nachfassdatum", "Nachfasstermin", "Folgetermin",
        "Datum nächster Kontakt", "Datum nächster Anruf", "Nächster Kontakttermin",
    ),
    Role.LAST_CONTACT: (
        "Letzter Termin", "Letzter Kontakttermin", "Zuletzt gesprochen", "Zuletzt gesprochen am",
        "Last meeting", "Last spoke", "Last spoken",
    ),
}  # fmt: skip

FULL_NAMES = (
    "Full Name", "Display Name", "Vollständiger Name", "Vor- und Nachname", "Vorname Nachname",
    "Vorname und Nachname", "Name, Vorname", "Nachname, Vorname", "Name und Vorname",
    "Last Name, First Name", "First and Last Name", "Your Name", "Ihr Name", "Anzeigename",
    "Nom et prénom", "Prénom et nom", "Nom complet", "Nom prénom",
    "Imię i nazwisko", "Nazwisko i imię",
)  # fmt: skip

# The mobile words come first: `phone mobile` is one of them, not a phone with a label.
REACH_WORDS: dict[Role, tuple[str, ...]] = {
    Role.MOBILE: (
        "mobile phone number", "mobile phone", "mobile number", "mobile", "cell phone", "cell",
        "phone mobile", "Mobiltelefon", "Mobilnummer", "Mobilfunk", "Mobilfunknummer", "Mobil",
        "Handynummer", "Handy", "Telefon mobil", "Tel mobil", "Mobil Tel", "Mobilrufnummer",
        "Natel", "Téléphone portable", "Cellulare", "Teléfono móvil", "Móvil", "Mobiel",
        "Portable", "Tél portable", "Tél mobile", "Téléphone mobile", "Numéro de portable",
        "Telefon komórkowy", "Tel komórkowy", "Tel kom", "Komórka", "Telefon kom",
    ),
    Role.FAX: ("fax number", "Faxnummer", "Fax Nr", "Telefax", "Faks", "Télécopie",
        "fax"),
    Role.PHONE: (
        "phone number", "phone", "telephone number", "telephone", "Telefonnummer", "Telefon Nr",
        "Telefon", "Tel Nr", "Tel", "Fon", "Rufnummer", "Festnetznummer", "Festnetz",
        "Landline", "Fernsprecher", "phones", "phone numbers", "contact number", "Telefonkontakt",
        "Telefonnr", "Telefono", "Telefoon", "Numéro de téléphone", "Telefoonnummer",
        "Telefon stacjonarny", "Numer telefonu", "Nr telefonu", "Nr tel", "Tél fixe",
        "Téléphone fixe",
    ),
    Role.EMAIL: ("email", "mail", "email id", "mail adr", "emails", "mails", "Courriel",
        "Correo electrónico", "Correo", "Adresse e-mail",
        "Adresse mail", "Adresse électronique", "Adres e-mail", "Adres mailowy",),
}  # fmt: skip

#: `Durchwahl` alone is a number, as `Durchwahl Telefon` is.
ALONE = ("Durchwahl", "Direktwahl", "Direct Dial", "Direct Line")

LABELS: dict[str, tuple[str, ...]] = {
    "Work": (
        "work", "business", "office", "geschäftlich", "geschäftliche", "geschäftliches",
        "dienstlich", "dienstliche", "Büro", "Arbeit", "company", "corporate", "Firma", "Firmen",
        "Unternehmens", "Unternehmen", "geschäftl", "gesch", "geschäfts",
        "professionnel", "professionnelle", "bureau", "służbowy", "służbowa",
    ),
    "Home": ("home", "privat", "private", "privates", "personal", "priv",
        "domicile", "personnel", "personnelle", "privé", "domowy", "prywatny"),
    "Main": (
        "main", "primary", "default", "primäre", "Zentrale", "Haupt", "head office", "headquarters",
        "HQ", "switchboard", "Empfang", "allgemein", "allgemeine", "general",
    ),
    "Direct": ("direct", "direkt", "Durchwahl", "Direktwahl"),
    "Other": (
        "other", "secondary", "sekundäre", "alternative", "alternate", "weiteres", "weitere",
        "sonstiges", "sonstige",
        "anderes", "andere", "tertiary", "zweite", "second", "additional", "alt",
    ),
}  # fmt: skip

COMPANY_LABELS = (
    "company", "Firma", "Firmen", "Zentrale", "Unternehmens", "Unternehmen", "corporate",
    "head office", "headquarters", "switchboard", "Empfang",
)  # fmt: skip

# `Person - Email`, `contactPhone`, `Organization - Name`: the first word says whose it is.
PREFIXES: dict[str, Whose] = {
    "person": Whose.PERSON, "contact": Whose.PERSON, "contact person": Whose.PERSON,
    "primary contact": Whose.PERSON, "main contact": Whose.PERSON, "Hauptkontakt": Whose.PERSON,
    "Hauptansprechpartner": Whose.PERSON, "Ansprechpartners": Whose.PERSON,
    "Ansprechpartner": Whose.PERSON, "Ansprechpartnerin": Whose.PERSON,
    "Ansprechperson": Whose.PERSON, "Kontaktperson": Whose.PERSON, "Kontakt": Whose.PERSON,
    "AP": Whose.PERSON, "organization": Whose.COMPANY, "organisation": Whose.COMPANY,
    "account": Whose.COMPANY, "company": Whose.COMPANY, "customer": Whose.COMPANY,
    "client": Whose.COMPANY, "Firmen": Whose.COMPANY, "Firma": Whose.COMPANY,
    "Unternehmens": Whose.COMPANY, "Unternehmen": Whose.COMPANY, "Kunden": Whose.COMPANY,
    "Kunde": Whose.COMPANY, "lead": Whose.OPEN, "deal": Whose.OPEN, "opportunity": Whose.OPEN,
    "activity": Whose.OPEN, "Aktivität": Whose.OPEN,
}  # fmt: skip
# `Telefon Ansprechpartner`, `Vorname (Kontaktperson)`
SUFFIXES: dict[str, Whose] = {
    "Ansprechpartner": Whose.PERSON, "des Ansprechpartners": Whose.PERSON,
    "Ansprechpartnerin": Whose.PERSON, "Ansprechperson": Whose.PERSON,
    "Kontaktperson": Whose.PERSON, "Kontakt": Whose.PERSON, "AP": Whose.PERSON,
    "contact person": Whose.PERSON, "of contact": Whose.PERSON,
    "primary contact": Whose.PERSON, "main contact": Whose.PERSON, "Hauptkontakt": Whose.PERSON,
    "Hauptansprechpartner": Whose.PERSON, "Kunde": Whose.COMPANY,
}  # fmt: skip
# Of a deal or a task only its client is taken: its name, dates and notes are its own.
ONLY_CLIENT = ("deal", "opportunity", "activity", "Aktivität")

#: What a deal is called.
DEALS = (
    "Deal Name", "Deal Title", "Deal - Title", "Deal", "Opportunity Name", "Opportunity Title",
    "Opportunity", "Potential Name", "Verkaufschance", "Name der Verkaufschance",
    "Name Verkaufschance", "Verkaufschance Name", "Chance",
)  # fmt: skip
#: Said of a field of a form, not of what it holds.
NOISE = (
    "optional", "required", "Pflichtfeld", "Pflicht", "freiwillig", "falls vorhanden",
    "wenn vorhanden", "if any",
)  # fmt: skip
#: How far a deal is; with its title it makes a list of deals.
STAGES = (
    "Stage", "Stage Name", "Deal Stage", "Deal - Stage", "Opportunity Stage", "Sales Stage",
    "Pipeline Stage", "Phase", "Verkaufsphase", "Vertriebsphase", "Deal - Status",
)  # fmt: skip
#: A reference to the account of a deal by its number.
ACCOUNT_IDS = ("Account Id", "Associated Company ID", "Organization ID", "Company ID")

#: The second person of a row.
SECOND = (
    "zweiter", "zweite", "zweites", "weiterer", "weitere", "second", "secondary", "additional",
    "other", "alternative",
)  # fmt: skip
