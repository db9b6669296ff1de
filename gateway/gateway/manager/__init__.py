"""The Manager: FSC's external API, and the client that calls it at other Managers."""
