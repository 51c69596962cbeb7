"""The practice till: everything of a sale but the sale."""
