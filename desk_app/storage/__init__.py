"""The encrypted store: files, keys, schema and mapped tables.

A store is a folder on the fixed disk of one machine:

- ``trittstein.db`` (and, while open, ``-wal`` and ``-shm``): SQLCipher, every page encrypted and signed;
- ``trittstein.keys`` and its copy ``trittstein.keys.bak``: the store's key, sealed once for each user;
- ``trittstein.lock``: empty, held by the process that has the store open.

Only the display names of staff and the time of their last unlocking are readable without a passphrase,
because the lock screen asks "who are you?" before it can know.
"""
