"""What differs from place to place and from year to year: settings and reference data."""
