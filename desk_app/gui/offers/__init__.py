"""The place "Angebote": what there is for families, whom it fits and why, and the ways to send them there."""
