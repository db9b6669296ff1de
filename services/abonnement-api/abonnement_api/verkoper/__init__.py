"""Who sells: the data of each seller, how BTW is treated, and in whose name invoices are made."""
