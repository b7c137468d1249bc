"""The minutes on paper: the PDF that is drawn once for each edition, and the signed copy."""
