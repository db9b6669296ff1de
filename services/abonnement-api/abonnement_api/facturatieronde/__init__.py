"""The yearly billing round: one invoice for every gemeente with a subscription."""
