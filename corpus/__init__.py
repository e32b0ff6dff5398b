"""What was said: articles, their blocks and sentences, their sources, and the store."""
