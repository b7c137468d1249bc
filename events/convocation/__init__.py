"""The call: legal calendar, proofs, publishing checklist, evidence for control bodies."""
