"""A contact: its kind and outcome, what comes next, mails and templates."""
