"""What becomes of subscriptions at a herindeling: they go over to the successors."""
