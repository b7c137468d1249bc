"""Topics that citizens propose, and the permanent process."""
