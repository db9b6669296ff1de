"""Which peer each gemeente is, as registered by the administratie."""
