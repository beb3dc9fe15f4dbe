"""Thin Rasa actions, one module per stage: read slots, call a use case, say a reply."""
