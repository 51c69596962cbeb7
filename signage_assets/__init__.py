"""Sheets for wall and shelf: templates, formats and the rules of the mark."""
