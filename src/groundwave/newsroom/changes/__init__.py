"""What changed between two versions of a story, and how much that matters. Pure."""
