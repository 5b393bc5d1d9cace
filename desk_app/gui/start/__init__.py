"""Before a desk is open: making a store, sitting down, and the way back when a passphrase is forgotten."""
