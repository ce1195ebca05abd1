"""Training packs as files: HTML that needs nothing besides itself, and PDF."""
