"""Rules about visits: facts and a day in, grounds out. No Django in reach."""
