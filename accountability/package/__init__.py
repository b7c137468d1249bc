"""Packages: what an event or a year left, as a BagIt bag that opens and is checked without us."""
