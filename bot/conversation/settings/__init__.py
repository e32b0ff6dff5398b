"""A server's settings, and whether Quoth has the permissions it needs."""
