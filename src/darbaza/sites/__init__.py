"""Institutions, blocks, cells, visiting rooms and seats, posts."""
