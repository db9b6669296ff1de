"""Reports: who takes part, what came in against what was budgeted, and how old is what is open."""
