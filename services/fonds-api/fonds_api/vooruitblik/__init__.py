"""What an omslag would come to, before it is decided or carried out, and why that differs from the year before."""
