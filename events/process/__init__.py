"""The permanent process: its moments, the calendar of the year, topics that citizens propose."""
