"""What was planned, done and kept, counted against targets."""
