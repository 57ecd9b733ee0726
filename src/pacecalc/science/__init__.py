"""What endurance science says, as small pure functions on SI floats."""
