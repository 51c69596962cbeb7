"""How a shop comes into being: its folder whole or not at all, its first person, its first steps."""
