"""Repairs by the fixes of findings, each tried before it is kept."""
