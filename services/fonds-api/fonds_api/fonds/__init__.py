"""The fondsen: purses with their own books, and which roles may see and book in them."""
