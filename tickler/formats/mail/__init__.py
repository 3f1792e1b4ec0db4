"""Mails: messages, their headers, parts and charsets, and mailboxes."""
