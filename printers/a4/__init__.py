"""Papers on A4 in the one house style: `document` says what stands on them, `pdf` makes the file."""
