"""A shop that stays closed because its files are damaged: the one page it shows, and the copy it offers."""
