"""What comes when: milestones and phases over the years, and the routekaart that they make together."""
