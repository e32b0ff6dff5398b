"""The migrations of the ledger's tables; `corpus.migrating` runs them."""
