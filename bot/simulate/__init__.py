"""Simulated users: people with a case and habits, who read the bot's questions and answer the real agent."""
