"""Transfers: what was asked for by a QR, what the bank says has come, whose sticker hangs at the counter."""
