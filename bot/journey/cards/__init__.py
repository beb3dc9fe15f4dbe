"""What rich channels draw beside or in place of a text: one module a card, each built from the same values as its text.

The shape of every card is in ``bot/channels/cards.schema.json``, in words in ``docs/cards.md``.
"""
