"""The archive as control bodies ask for it: documents that search reads, the menu "Participa"."""
