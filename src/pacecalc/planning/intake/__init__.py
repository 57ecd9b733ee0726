"""What to eat and drink, where it is picked up, and when."""
