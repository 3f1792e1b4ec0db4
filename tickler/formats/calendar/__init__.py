"""Calendars (RFC 5545): events in, events out."""
