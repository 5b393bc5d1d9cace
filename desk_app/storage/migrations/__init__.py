"""Migrations of the store, in order: each carries a store one version on, none is changed once released."""
