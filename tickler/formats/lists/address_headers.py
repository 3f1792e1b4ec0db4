"""The words in headers of columns that have an address, as `headers` has them of the others."""

from tickler.formats.lists.headers import Role

ADDRESS_WORDS: dict[Role, tuple[str, ...]] = {
    Role.STREET_MORE: (
        "Address Line 2", "Address Line 3", "Adresszusatz", "Address 2", "Extended Address",
        "Adresszeile 2", "Adresse 2", "Complément d'adresse",
    ),
    Role.HOUSE: ("House Number", "Hausnummer", "Haus Nr", "Street Number",
        "Numer domu", "Nr domu"),
    Role.STREET: (
        "Street Address", "Street", "Address Line 1", "Address Line", "Address",
        "Straße und Hausnummer", "Straße Hausnummer", "Straße Nr", "Straße", "Str", "Anschrift",
        "Adresse", "Straße und Nr", "Straße Hausnr", "Straße Haus Nr", "Straßenname", "Adresszeile",
        "Straße mit Hausnummer", "Full Address", "Complete Address", "Vollständige Adresse",
        "Adresse komplett", "Street and Number", "Street Name", "Adress Line",
        "Straße Postfach", "Adr", "Straße und Hausnr", "Straße u Nr", "Straße u Hausnr",
        "Straße u Hausnummer", "Rue", "Indirizzo", "Dirección",
        "Ulica", "Ulica i numer", "Ulica i nr", "Ulica nr", "Numéro et rue", "Adresse postale",
        "Calle", "Straat", "Adres", "Str Nr", "Str und Nr", "Str Hausnr", "Str und Hausnr",
    ),
    Role.POSTCODE: (
        "Postal Code", "Post Code", "ZIP Postal Code", "ZIP Code", "ZIP", "PLZ", "Postleitzahl",
        "Pin Code", "Postal", "Postcode ZIP", "Code postal", "Código postal", "Codice postale",
        "CP", "CAP", "Kod pocztowy", "Kod",
    ),
    Role.PLACE: (
        "PLZ Ort", "PLZ und Ort", "PLZ Stadt", "Postleitzahl Ort", "ZIP City", "Postcode City",
        "Postal Code City", "Ort PLZ",
        "CP Ville", "Code postal et ville", "Kod pocztowy i miasto", "Kod miasto",
    ),
    Role.CITY: (
        "City", "Town", "Ort", "Stadt", "Wohnort", "Town City", "City Town", "Stadt Ort",
        "Ort Stadt", "Gemeinde", "Locality", "Firmensitz", "Ortschaft",
        "Ville", "Città", "Ciudad", "Plaats", "Woonplaats", "Miasto", "Miejscowość",
    ),
    Role.REGION: (
        "Region", "State", "State Province", "State Region", "Province", "County",
        "Bundesland Kanton", "Bundesland", "Kanton", "State County", "Province State",
        "Województwo", "Département",
    ),
    Role.COUNTRY: (
        "Country", "Country Region", "Country or Region", "Land Region", "Land", "Country Code",
        "Ländercode", "Länderkennzeichen", "LKZ", "Staat", "Country Name", "Pays", "Paese",
        "País", "Kraj",
    ),
}  # fmt: skip

# In the order in which a row's address is chosen, after the one that says nothing of itself.
ADDRESS_GROUPS: dict[str, tuple[str, ...]] = {
    "business": (
        "business", "work", "office", "company", "geschäftlich", "dienstlich", "Firmen", "Firma",
        "Büro", "Unternehmen", "Unternehmens", "organization", "Arbeit", "Geschäfts", "geschäftl",
        "gesch",
    ),
    "main": ("primary", "main", "Haupt", "Hauptsitz", "headquarters", "head office", "HQ", "Sitz"),
    "billing": ("billing", "invoice", "de facturation", "Rechnungs", "Rechnung"),
    "mailing": ("mailing", "Post", "postal", "Versand", "Korrespondenz"),
    "shipping": ("shipping", "delivery", "Liefer", "Lieferung"),
    "other": ("other", "weiterer", "weiteres", "weitere", "secondary", "alternative", "alternate"),
    "home": ("home", "private", "privat", "personal"),
}  # fmt: skip
ADDRESSES = ("", *ADDRESS_GROUPS)

#: `Billing Code` of Zoho; a `Code` alone is anything.
CODED = ("billing", "mailing", "shipping", "other")

#: A house number, in the column after the street.
HOUSE_NUMBERS = ("Nr", "No", "Hnr", "Hausnr")
