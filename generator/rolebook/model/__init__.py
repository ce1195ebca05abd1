"""The typed model of a handbook: frozen values, resolved by id."""
