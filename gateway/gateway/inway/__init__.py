"""The Inway: may this call reach the service?"""
