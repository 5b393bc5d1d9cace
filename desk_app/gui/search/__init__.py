"""The search box over the window, and how found letters are marked."""
