"""The same assessment of every voorziening: criteria, scores and weights as data, and rankings that anyone can compute again."""
