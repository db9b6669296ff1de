"""Certificates, keys and the development PKI."""
