"""From course, athlete, conditions, goal and pantry to one RacePlan."""
