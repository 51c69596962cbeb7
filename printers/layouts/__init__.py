"""From a document to the blocks that stand on its paper, one file per paper."""
