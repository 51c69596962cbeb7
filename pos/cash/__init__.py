"""Cash that moves without a sale: drawer, safe, bank, and the hand-over of a drawer."""
