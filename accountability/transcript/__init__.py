"""The transcript of a session: paragraphs that carry their second of the recording."""
