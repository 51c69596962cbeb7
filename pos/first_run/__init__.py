"""The first run: a small app of its own that asks what a shop needs, makes it, and leaves its place to the shop.

It answers this machine only. Before there is a shop there is neither a person who could sign in nor a certificate:
whoever reached the page from elsewhere could make himself its owner. Without a screen there is `shop init`.
"""
