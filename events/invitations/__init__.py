"""Who is invited: directory, rounds of invitations, answers."""
