"""From programmes of guides to the events that they show."""
