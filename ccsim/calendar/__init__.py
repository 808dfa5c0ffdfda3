"""Wall clock against ticks: zones, weekly patterns, holidays, business hours."""
