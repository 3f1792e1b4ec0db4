"""What `tickler doctor` looks at, a subject to a module; each yields findings."""
