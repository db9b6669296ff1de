"""Reminders of invoices that were not paid in time, and what they wait for."""
