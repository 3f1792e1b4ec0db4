"""One screen or dialog a file: keys in, service called, view shown."""
