"""What a rep does at the binder from a key to the receipt, one flow a file."""
