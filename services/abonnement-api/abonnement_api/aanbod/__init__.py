"""The offer of a subscription to every gemeente: who has signed, who has not answered, and reminders to those."""
