"""What the office knows: its words, facts and rules, without database, files or window."""
