"""Asking, and what can be done with an answer: look closer, check it, post it, delete it."""
