"""Releases: the handbook as it is now becomes a version that everybody is told of."""
