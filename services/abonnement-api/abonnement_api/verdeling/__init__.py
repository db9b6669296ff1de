"""Distribution of what was received over the aanbieders."""
