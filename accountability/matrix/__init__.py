"""The frozen matrix: the questions and answers of an event as they stood one day."""
