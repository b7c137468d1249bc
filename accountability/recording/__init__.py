"""The entity's own recording of a session: video, audio and captions, sent by the portal."""
