"""Forms and pages as behaviour, without a toolkit."""
