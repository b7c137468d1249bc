"""Calling an event as the law demands: legal days, proofs, checklist, evidence, control bodies."""
