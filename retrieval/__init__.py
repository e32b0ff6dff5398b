"""What answers: passages, the index, ranking, quotes and silence."""
