"""Versions of a handbook beside each other: published once each, and never changed afterwards."""
