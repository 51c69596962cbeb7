"""What a manager changes while the shop runs: settings by topic, printers."""
