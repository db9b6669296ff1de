"""The decision process: nginx asks it once per call whether the call may pass, where to, and with what."""
