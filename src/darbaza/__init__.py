"""Darbaza: free software that runs a prison service with dignity."""
