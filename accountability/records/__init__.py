"""The record of a session on a page of its own, with its photographs and papers."""
