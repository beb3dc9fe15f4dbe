"""``python -m bot doctor``: what is set up well, what is missing, and what to do about it."""
