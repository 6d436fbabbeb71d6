"""The whole outside world, played by chance: for state machines that hold laws against the core."""
