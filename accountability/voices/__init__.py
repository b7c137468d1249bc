"""What citizens say of what is published: remarks about minutes, notes about commitments."""
