"""What is kept beyond the conversation, and where."""
