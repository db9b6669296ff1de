"""Gemeengoed's FSC gateway: Manager, Directory, Inway, Outway and transaction log."""
