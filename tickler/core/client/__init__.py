"""A client: its fields and forms, and when two dossiers are one client."""
