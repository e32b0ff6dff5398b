"""A server's articles: looking at them, adding, withdrawing and restoring them."""
