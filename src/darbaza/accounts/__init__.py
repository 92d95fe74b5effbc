"""Users, roles, permissions, and the Actor that every service asks for."""
