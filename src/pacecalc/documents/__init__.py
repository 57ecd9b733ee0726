"""What people write: course profiles, athletes, race days and pantries, read with exact error positions."""
