"""From an answer to what a reader sees: `compose` decides what is said, the others how it looks."""
