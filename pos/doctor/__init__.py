"""The doctor of a shop: what is wrong with its machine or its folder, and what to do."""
