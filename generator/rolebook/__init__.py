"""Rolebook: an organisation's process handbook, checked and generated from YAML."""

__version__ = "0.1.0"
