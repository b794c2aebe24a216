"""What tasks.py is made of: how it calls the house, what invoke lets it take, and the verbs of upkeep."""
