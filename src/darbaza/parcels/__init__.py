"""What families bring and send: items, weight, decisions, custody, delivery."""
