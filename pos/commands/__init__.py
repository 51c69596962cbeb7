"""The words of the command `shop`, a file for each thing a person does with a shop."""
