"""The settings: what each is, what it takes, and the file they are read from."""
