"""The page of placement requests: pipeline, table, preview and export."""
