"""Address books as programs write them, byte for byte where that matters."""

# ruff: noqa: E501  # their lines are theirs


def lines(text: str, end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    """A card's lines as a file has them."""
    return text.strip("\n").replace("\n", end).encode(encoding) + end.encode(encoding)


#: Contacts on a Mac and in iCloud: groups, labels of one's own, a company's card, no year.
APPLE = lines(r"""
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//macOS 14.4//EN
N:Müller-Lüdenscheidt;Anna;;Dr.;
FN:Dr. Anna Müller-Lüdenscheidt
ORG:Müller & Söhne GmbH;Einkauf
TITLE:Leiterin Einkauf
EMAIL;type=INTERNET;type=WORK;type=pref:anna@mueller.example
item1.TEL;type=pref:+49 30 1234567
item1.X-ABLabel:_$!<Main>!$_
TEL;type=CELL;type=VOICE:+49 170 1234567
item2.TEL:+49 30 7654321
item2.X-ABLabel:Werkstor
item3.ADR;type=WORK;type=pref:;;Hauptstr. 5\nHinterhof;Berlin;;10115;Deutschland
item3.X-ABADR:de
item4.URL;type=pref:https://mueller.example
item4.X-ABLabel:_$!<HomePage>!$_
item5.X-ABDATE;type=pref:2015-06-01
item5.X-ABLabel:Kunde seit
item6.X-ABRELATEDNAMES;type=pref:Bernd Müller
item6.X-ABLabel:_$!<Assistant>!$_
X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/anna
IMPP;X-SERVICE-TYPE=Skype;type=WORK;type=pref:skype:anna.mueller
BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12
NOTE:Nur vormittags\, ab 9 Uhr.\nTrinkt Tee\; keinen Kaffee.
CATEGORIES:Kran,Großkunde
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/4QBYRXhpZgAATU0AKgAA
 AAgAAgESAAMAAAABAAEAAIdpAAQAAAABAAAAJgAAAAAAA6ABAAMAAAABAAEAAKACAAQAAAABAA
UID:8F4B3C0A-1111-4444-8888-123456789ABC
X-ABUID:8F4B3C0A-1111-4444-8888-123456789ABC:ABPerson
REV:2024-03-01T10:00:00Z
END:VCARD
BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//iCloud Web Address Book 2408B//EN
N:;;;;
FN:Stahlbau Nord
ORG:Stahlbau Nord;
X-ABShowAs:COMPANY
TEL;TYPE=WORK,VOICE:040 998877
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:Kollegen;;;;
FN:Kollegen
X-ADDRESSBOOKSERVER-KIND:group
X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:8F4B3C0A-1111-4444-8888-123456789ABC
END:VCARD
""")

#: Google Contacts: a group of all, labels as groups of items, a person without a name.
GOOGLE = lines(r"""
BEGIN:VCARD
VERSION:3.0
FN:Jan Żółkiewski
N:Żółkiewski;Jan;;;
EMAIL;TYPE=INTERNET:jan@dzwigi.example
EMAIL;TYPE=INTERNET;TYPE=HOME:jan.z@gmail.com
TEL;TYPE=CELL:+48 600 100 200
TEL;TYPE=WORK:+48 22 123 45 67
ADR;TYPE=WORK:;;ul. Prosta 7/3;Warszawa;;00-850;PL;ul. Prosta 7/3\n00-850 Warszawa\nPL
ORG:Dźwigi Warszawa Sp. z o.o.
TITLE:Prezes
BDAY:1975-11-30
item1.URL:http\://www.dzwigi.example
item1.X-ABLabel:
NOTE:Poznany na targach
CATEGORIES:myContacts,starred,Targi
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:
N:;;;;
EMAIL;TYPE=INTERNET:noreply@portal.example
CATEGORIES:myContacts
END:VCARD
""")

#: Outlook 2003 on a machine of the time: vCard 2.1, quoted-printable in Windows-1252.
OUTLOOK_2003 = lines(
    r"""
BEGIN:VCARD
VERSION:2.1
N;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:Gro=DF;J=FCrgen
FN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:J=FCrgen Gro=DF
ORG;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:Gro=DF & Partner, B=FCro f=FCr Statik;Au=DFendienst
TITLE:Inhaber
NOTE;ENCODING=QUOTED-PRINTABLE:Angebot 2003=0D=0AC:\neu\liste.xls=0D=0A=
=0D=0Aletzte Zeile mit einem sehr langen Satz, der weich umgebrochen wird, denn =
er ist lang
TEL;WORK;VOICE:(0711) 12 34 56
TEL;WORK;FAX:(0711) 12 34 57
TEL;CELL;VOICE:0171 / 222 33 44
TEL;PAGER;VOICE:01688 12345
ADR;WORK;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:;;K=F6nigstra=DFe 1=0D=0A2. Stock;Stuttgart;;70173;Deutschland
LABEL;WORK;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:K=F6nigstra=DFe 1=0D=0A2. Stock=0D=0A70173 Stuttgart=0D=0ADeutschland
URL;WORK:http://www.gross.example
EMAIL;PREF;INTERNET:info@gross.example
BDAY:19600229
REV:20031105T101500Z
END:VCARD
""",
    encoding="ascii",
)

#: Outlook 365: UTF-8 said of each property, a design, the company's main number.
OUTLOOK_365 = lines(r"""
BEGIN:VCARD
VERSION:2.1
X-MS-OL-DEFAULT-POSTAL-ADDRESS:2
N;LANGUAGE=de;CHARSET=utf-8:Österreicher;Zoë
FN;CHARSET=utf-8:Zoë Österreicher
ORG;CHARSET=utf-8:Größe AG
TITLE;CHARSET=utf-8:Geschäftsführerin
NOTE;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:=E2=82=AC 5.000 Budget=0D=0A=
Entscheidet allein
TEL;WORK;VOICE:+43 1 234567
X-MS-TEL;VOICE;COMPANY:+43 1 2345
X-MS-TEL;VOICE;ASSISTANT:+43 1 2346
ADR;WORK;PREF;CHARSET=utf-8:;;Kärntner Straße 1;Wien;;1010;Österreich
EMAIL;PREF;INTERNET:zoe@groesse.example
X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns="http://schemas.microsoft.com/office/outlook/12/electronicbusinesscards" ver="1.0"></card>
X-MS-MANAGER;CHARSET=utf-8:Max Müßig
END:VCARD
""")

#: Thunderbird: 4.0, a custom field, two letters of preference.
THUNDERBIRD = lines(
    r"""
BEGIN:VCARD
VERSION:4.0
N:Παπαδόπουλος;Γιώργος;;;
FN:Γιώργος Παπαδόπουλος
ORG:Γερανοί Αθηνών Α.Ε.;Προμήθειες
EMAIL;PREF=1:giorgos@geranoi.example
EMAIL;PREF=2;TYPE=home:giorgos@home.example
TEL;TYPE=work;VALUE=TEXT:+30 21 0123 4567
TEL;TYPE=cell;VALUE=TEXT:+30 694 123 4567
ADR;TYPE=work:;;Ερμού 10;Αθήνα;;105 63;Ελλάδα
TZ;VALUE=TEXT:Europe/Athens
X-CUSTOM1;VALUE=TEXT:Rabatt 5 %
BDAY;VALUE=DATE:--0412
NOTE:Μιλάει γερμανικά
UID:6b6a1e0e-0d6e-4c0c-9d26-0f3f5d0a4c11
END:VCARD
""",
    end="\n",
)

#: Evolution: parameters of its own, and what it has no standard for.
EVOLUTION = lines(r"""
BEGIN:VCARD
VERSION:3.0
X-EVOLUTION-FILE-AS:Novák\, Petr
N:Novák;Petr;;Ing.;
FN:Ing. Petr Novák
ORG:Jeřáby Brno\, s.r.o.;Nákup;2. patro
ROLE:nákupčí
X-EVOLUTION-MANAGER:Jana Malá
X-EVOLUTION-SPOUSE:Eva
X-EVOLUTION-BLOG-URL:https://petr.example/blog
TEL;X-EVOLUTION-UI-SLOT=1;TYPE="WORK","VOICE":+420 541 123 456
TEL;X-EVOLUTION-UI-SLOT=2;TYPE=CELL:+420 602 123 456
EMAIL;X-EVOLUTION-UI-SLOT=1;TYPE=WORK:petr@jeraby.example
X-JABBER;X-EVOLUTION-UI-SLOT=1;TYPE=HOME:petr@jabber.example
X-EVOLUTION-WEBDAV-ETAG:"63-5f3a"
CATEGORIES:VIP,Business
REV:2022-01-01T00:00:00Z
UID:pas-id-5D7C0F2C00000001
END:VCARD
""")

#: KAddressBook: LF, its own names for a spouse and an office.
KADDRESSBOOK = lines(
    r"""
BEGIN:VCARD
VERSION:3.0
CATEGORIES:Lieferant
EMAIL;TYPE=PREF:sven@kran.example
FN:Sven Håkansson
N:Håkansson;Sven;;;
ORG:Lyft & Kran AB
TEL;TYPE=WORK:+46 8 123 456
TITLE:Säljare
X-KADDRESSBOOK-X-Anniversary:2001-05-19
X-KADDRESSBOOK-X-SpousesName:Åsa
X-KADDRESSBOOK-X-Office:Rum 12
X-KADDRESSBOOK-CRYPTOPROTOPREF:openpgp/mime
UID:0123456789
END:VCARD
""",
    end="\n",
)

#: A telephone of 2004: no charset, bytes of Latin-1, only CR at the ends of lines.
NOKIA = lines(
    r"""
BEGIN:VCARD
VERSION:2.1
N:Bäcker;Günther
TEL;PREF;CELL;VOICE:+491711234567
TEL;HOME;VOICE:089123456
X-CLASS:private
BDAY:1970-01-01
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E5=B1=B1=E7=94=B0;=E5=A4=AA=E9=83=8E
SOUND;X-IRMC-N;CHARSET=UTF-8:yamada;tarou
TEL;CELL:+81 90 1234 5678
END:VCARD
""",
    end="\r",
    encoding="latin-1",
)

#: Nextcloud: 3.0 with a photo on one line, and shared fields.
NEXTCLOUD = lines(r"""
BEGIN:VCARD
VERSION:3.0
PRODID:-//Sabre//Sabre VObject 4.5.4//EN
UID:3a9f8c1e-7c55-4a55-9d8e-1b2c3d4e5f60
FN:Chloé L'Hôpital
N:L'Hôpital;Chloé;;;
ORG:Grues du Sud SARL
EMAIL;TYPE=WORK:chloe@grues.example
TEL;TYPE="WORK,VOICE":+33 4 91 12 34 56
TEL;TYPE="HOME,CELL":+33 6 12 34 56 78
ADR;TYPE=HOME:;;8 rue de la Paix;Marseille;;13001;France
PHOTO;ENCODING=b;TYPE=image/png:iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk
X-SOCIALPROFILE;TYPE=mastodon:@chloe@mastodon.example
RELATED;TYPE=spouse;VALUE=TEXT:Paul
REV;VALUE=DATE-AND-OR-TIME:20240102T030405Z
END:VCARD
""")

#: HubSpot and Salesforce: few fields, a card each.
CRM = lines(r"""
BEGIN:VCARD
VERSION:3.0
N:Fischer;Tom;;;
FN:Tom Fischer
ORG:Bauzentrum Fischer KG
TITLE:CEO
EMAIL;TYPE=INTERNET,PREF:tom@bauzentrum.example
TEL;TYPE=WORK:+49 89 55 66 77
TEL;TYPE=CELL:+49 160 5566770
ADR;TYPE=WORK:;;Ring 1;München;Bayern;80331;Germany
URL:https://bauzentrum.example
REV:2024-05-05T10:10:10Z
END:VCARD

BEGIN:VCARD
VERSION:3.0
N:Fischer;Lena;;;
FN:Lena Fischer
ORG:Bauzentrum Fischer KG
EMAIL;TYPE=INTERNET,PREF:lena@bauzentrum.example
TEL;TYPE=WORK:+49 89 55 66 78
END:VCARD
""")

#: Lotus Notes: 3.0 with a company in two places, folded inside a letter of UTF-8.
LOTUS = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Stra\xc3\r\n \x9fer;Uwe;;;\r\nFN:Uwe Stra\xc3\r\n \x9fer\r\n"
    b"ORG:Kranbau Ru\r\n hr GmbH\r\nTEL;TYPE=WORK;TYPE=VOICE:0201 123456\r\n"
    b"TEL;TYPE=FAX;TYPE=WORK:0201 123457\r\nEMAIL;TYPE=INTERNET:uwe@kranbau.example\r\n"
    b"NOTE:Erste Zeile\\nzweite Z\xc3\r\n\t\xa4hlung\r\nEND:VCARD\r\n"
)

#: Android: what it has no property for, a number alone.
ANDROID = lines(r"""
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2;=D0=98=D0=B2=D0=B0=D0=BD;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=20=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2
TEL;CELL;PREF:+79161234567
ORG:Kran Moskva
X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Wanja;1;;;;;;;;;;;;;
X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2010-05-06;1;;;;;;;;;;;;;
X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Olga;14;;;;;;;;;;;;;
END:VCARD
BEGIN:VCARD
VERSION:2.1
TEL;CELL:0170 9988776
END:VCARD
""")

#: ProtonMail: 4.0, everything in a group of its own.
PROTON = lines(r"""
BEGIN:VCARD
VERSION:4.0
PRODID;VALUE=TEXT:-//ProtonMail//ProtonMail vCard 1.0.0//EN
FN;PREF=1:Åse Nilsen
UID:proton-web-4e2fae8c-1f4b-2b3c-9d9d-7e0b1a2c3d4e
ITEM1.EMAIL;PREF=1:ase@kraner.example
ITEM1.X-PM-ENCRYPT:true
ITEM1.X-PM-SIGN:true
ORG:Kraner AS
TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+47-22-33-44-55;ext=12
BDAY;VALUE=text:circa 1980
NOTE:Sitzt im 3. Stock\nlinks
END:VCARD
""")

#: A router's phone book, as its converters write it: no ORG, kinds of numbers only.
FRITZBOX = lines(
    r"""
BEGIN:VCARD
VERSION:3.0
FN:Autohaus Schmidt
N:Autohaus Schmidt;;;;
TEL;TYPE=WORK:0341 123456
TEL;TYPE=CELL:0172 1234567
TEL;TYPE=FAX,WORK:0341 123457
END:VCARD
""",
    end="\n",
)

ALL = {
    name: value
    for name, value in list(globals().items())
    if name.isupper() and isinstance(value, bytes)
}
