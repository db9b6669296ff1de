"""The ledger as files for who checks it: the XML Auditfile Financieel, the journal, and the card of an account."""
