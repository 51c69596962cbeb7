"""Lists from outside that become goods: read, tried out, entered, taken back."""
