"""Reports, the review queue, taking answers back, and the record of who did what."""
