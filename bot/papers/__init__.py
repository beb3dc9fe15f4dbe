"""The take-away pack: one PDF, a card, a calendar and the data, made from a case and its records."""
