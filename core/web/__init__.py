"""What every page of both apps stands on: shell, access, forms, one-time answers, sign-in, templates, static files."""
