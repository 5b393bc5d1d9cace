"""The pages about families: the list of all, and the file of one."""
