"""The goods of the demo shop: real products and places, everything else invented and called so (README.md)."""
