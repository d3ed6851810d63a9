"""From documents of a Content Distribution Service (``wire.cds``) to incoming stories."""
