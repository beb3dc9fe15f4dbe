"""This assistant against the one that Rasa's own set-up makes of the same data (``make bench-stock``)."""
