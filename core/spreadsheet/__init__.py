"""Spreadsheets from outside, read in a child process under limits, and spreadsheets of ours to take away."""
