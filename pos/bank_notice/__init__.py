"""What a bank says by itself when money has come: read, proved, matched with what customers were asked for.

A kind of message is one adapter (`generic_json.py`): bytes to a `BankNotice`. Whatever brings the bytes in, a signed
request (`signature.py`) or a file, hands the notice to `intake.py`.
"""
