"""Address books: vCards in and out."""
