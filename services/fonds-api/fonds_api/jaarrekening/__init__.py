"""The annual account of a fonds: balans, staat van baten en lasten, and toelichting."""
