"""The forms that are docked to the binder."""
