"""The binder screen: what it shows, the form docked to it, and what its keys do."""
