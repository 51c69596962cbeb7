"""What a shift, a day or a stretch of days comes to: X, Z, day book, tax and turnover."""
