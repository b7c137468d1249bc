"""The measured promises. `make bench` prints them; nothing here is a timed test."""
