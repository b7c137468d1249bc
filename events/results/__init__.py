"""What accounts are rendered about: written or imported at the desk, shown as table and bars."""
