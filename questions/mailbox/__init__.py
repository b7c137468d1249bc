"""The mailbox of the brochure: each mail becomes a contribution, or joins the one it replies to.

`reading` talks to the IMAP server, `parsing` takes a mail to pieces (in a process apart,
`pieces`), `rules` says what is automatic and which case a reply belongs to, `filing` writes.
"""
