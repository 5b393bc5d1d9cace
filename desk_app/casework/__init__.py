"""Everything a worker can do at the desk, one function per deed."""
