"""The documents of an invoice: UBL and PDF, made once and kept byte for byte."""
