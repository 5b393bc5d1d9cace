"""What every list of the program has in common: columns to choose, filters under a name, ways out."""
