"""What buyers let the shop keep of them, for how long, and what happens when it gets out."""
