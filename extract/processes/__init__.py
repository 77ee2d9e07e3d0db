"""Processes of our own: workers that do what they are told by its importable name, and what one does with itself."""
