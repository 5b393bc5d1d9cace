"""The page "Termine": day, week and list of appointments, and how they are booked."""
