"""The migrations of the corpus tables; `corpus.migrating` runs them."""
