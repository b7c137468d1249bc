"""Who comes and who speaks."""
