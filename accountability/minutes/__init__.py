"""The minutes: built from data, edited by a person, open to remarks, published in editions."""
