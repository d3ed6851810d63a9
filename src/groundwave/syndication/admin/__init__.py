"""The desk's pages about stories of others."""
