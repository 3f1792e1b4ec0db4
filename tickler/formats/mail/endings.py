"""How files with mails are called, and what is never taken for a mail."""

#: Endings of one mail, and of many.
ONE, MANY = frozenset({".eml", ".msg", ".emlx"}), frozenset({".mbox", ".mbx"})

#: Endings of client lists, whatever their first line looks like.
LISTS = frozenset(
    {".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".vcf", ".ics", ".json", ".zip"}
)
