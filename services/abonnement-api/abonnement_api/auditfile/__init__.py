"""The journal of the bureau as an XML Auditfile Financieel."""
