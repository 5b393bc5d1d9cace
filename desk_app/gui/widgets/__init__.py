"""Small painted widgets and form fields, each in a module of its own so that the lock screen loads only its own."""
