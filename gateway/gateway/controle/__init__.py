"""The doctor: examines the whole gateway from within, and says for every problem what to do about it."""
