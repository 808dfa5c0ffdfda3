"""WHAT a contact center is: frozen, checked values in the planner's words; no files, no clock."""
