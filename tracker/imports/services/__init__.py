"""Planning the kinds whose tables lie below import batches in the house plan: countries, missions, people."""
