"""The program without its window: the same deeds, asked for on the command line."""
