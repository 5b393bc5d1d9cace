"""Papers on their way out of the house: slips for families, sheets for the desks."""
