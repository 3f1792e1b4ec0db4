"""E-mail addresses, and whose house a domain is, or that of a provider for everybody."""

import re

_ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")

_FREE_DOMAINS = (
    "gmail.com googlemail.com gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de "
    "yahoo.com yahoo.de yahoo.fr yahoo.co.uk ymail.com hotmail.com hotmail.de hotmail.fr "
    "hotmail.co.uk outlook.com outlook.de outlook.fr live.com live.de msn.com icloud.com me.com "
    "mac.com aol.com aol.de posteo.de posteo.net mailbox.org proton.me protonmail.com pm.me "
    "arcor.de mail.de email.de online.de bluewin.ch hispeed.ch sunrise.ch orange.fr free.fr "
    "wanadoo.fr laposte.net sfr.fr libero.it tiscali.it virgilio.it alice.it wp.pl o2.pl onet.pl "
    "seznam.cz mail.ru yandex.ru yandex.com qq.com 163.com 126.com zoho.com fastmail.com "
    "tutanota.com "
    "tutanota.de tuta.io a1.net aon.at chello.at kabelmail.de vodafone.de vodafonemail.de ewe.net "
    "netcologne.de unitybox.de btinternet.com comcast.net verizon.net att.net ziggo.nl kpnmail.nl "
    "telenet.be skynet.be"
)

#: Domains at which anybody has an address: they say nothing about whose it is.
FREE_MAIL = frozenset(_FREE_DOMAINS.split())


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address and nothing else."""
    return _ADDRESS.fullmatch(text) is not None


def domain_of(address: str) -> str:
    """`acme.example` of `a.berg@acme.example`, folded; "" where there is none."""
    return address.rpartition("@")[2].strip().rstrip(".").casefold() if "@" in address else ""


def house_of(address: str) -> str:
    """The domain that is a house's own; "" for one at which anybody has an address."""
    domain = domain_of(address)
    return "" if domain in FREE_MAIL else domain
