"""The queue of the live session: what is read aloud, in which order, and what became of it."""
