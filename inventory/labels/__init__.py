"""Labels (tem nhãn): what stands on goods, shelf and lot, and what was printed when."""
