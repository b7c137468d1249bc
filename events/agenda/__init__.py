"""The order of the day: its moments and their parts, written, ordered and summed up."""
