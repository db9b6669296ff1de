"""What a foundation accounts for: jaarplan, begroting and jaarrekening, and what a commissie decided about each."""
