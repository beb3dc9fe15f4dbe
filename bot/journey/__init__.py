"""The journey's use cases, one module per stage; no Rasa, no database, no clock."""
