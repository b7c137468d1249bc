"""What accounts are rendered about: results as data, with their import."""
