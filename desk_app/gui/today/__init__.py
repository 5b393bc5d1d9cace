"""The page "Heute": the day at the desk, who waits, and what is to be done today."""
