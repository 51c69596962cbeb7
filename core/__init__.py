"""What both ends stand on: values, database, people, journal and web shell; knows no goods and no sales."""
