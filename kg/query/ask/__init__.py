"""Questions in plain Vietnamese or English, read as named questions by rules."""
