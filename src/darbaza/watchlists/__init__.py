"""Watch-lists: whom an officer should look at twice, and what was decided about it."""
