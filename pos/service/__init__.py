"""The shop as a service of the machine: it begins when the machine does, and is begun again whenever it ends."""
