"""What the operating system does for us: editor, notifications, files, a reading process."""
