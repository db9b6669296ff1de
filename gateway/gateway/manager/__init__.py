"""The Manager: FSC's external API, and the client that speaks it to other Managers."""
