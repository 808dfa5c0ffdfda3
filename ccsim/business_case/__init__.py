"""What each way costs over years: cases made of phases, priced month by month from what short runs cost."""
