"""``groundwave syndication``: documents of networks, held against what is said of them."""
