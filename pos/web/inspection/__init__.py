"""Pages of the inspector's view: read-only, offline, as of a chosen day, while selling goes on."""
