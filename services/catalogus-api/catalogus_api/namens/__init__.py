"""For which gemeente who calls may act."""
