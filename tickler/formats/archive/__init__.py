"""A whole binder as one file: a zip with rows as lines of JSON, and the files on its dossiers."""
