"""Views to pages: what lies before the rep on paper. No database."""
