"""Lists of clients: CSV bytes to rows, columns and clients."""
