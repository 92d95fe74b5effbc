"""The entrance: the officer's desk, passes, who is inside, calling the prisoner."""
