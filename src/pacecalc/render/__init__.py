"""A RacePlan as text or bytes; renderers compute nothing."""
