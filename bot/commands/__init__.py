"""The commands of the command line, one file each; heavy modules are imported when one runs."""
