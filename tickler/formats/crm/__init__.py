"""What a CRM exports in several files: companies, people, deals and activities, joined by ids."""
