"""Shapes of input of this room; rules live in policies and services."""
