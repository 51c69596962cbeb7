"""Labels as data: symbols, what stands where, and the printers' languages. Knows no goods."""
