"""abonnement-api: what gemeenten pay per inhabitant for three shared services."""
