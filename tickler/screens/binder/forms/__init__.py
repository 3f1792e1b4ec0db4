"""The forms of the binder: each knows what it is about, and files itself."""
