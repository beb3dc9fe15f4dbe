"""Rasa graph components: thin shells over ``bot.reading`` and ``bot.knowledge``."""
