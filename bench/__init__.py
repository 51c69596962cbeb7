"""What the shop's speed is measured with: one file a question, its floor beside it."""
