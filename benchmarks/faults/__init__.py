"""Every kind of fault that a check promises to find, as a function that plants it in a copy of a handbook."""
