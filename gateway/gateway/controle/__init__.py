"""The doctor: looks at the whole gateway from within, and says of everything that is wrong what to do about it."""
