"""The database and nothing else: engine, journal, search, migrations."""
