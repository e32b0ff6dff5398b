"""How good the answers are: labelled questions asked, what is shown judged, figures told."""
