"""The intake page: one page, eight sections, saved after every field."""
