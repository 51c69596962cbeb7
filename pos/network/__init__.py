"""The shop in its own network: its certificate, its https server, how other devices join."""
