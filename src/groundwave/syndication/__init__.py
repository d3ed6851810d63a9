"""Stories that come from elsewhere and go elsewhere: credit, rights, updates, takedowns."""
