"""Pages of consignment: claims for lost goods."""
