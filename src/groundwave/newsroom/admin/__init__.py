"""Where the newsroom works."""
