"""A neutral sales file played through the till: the file, the shop it is played in, the playing, the sums."""
