"""Our own stories as documents, for networks and for other stations."""
