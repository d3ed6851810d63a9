"""Stories: what happened, who says so, and what has changed since."""
