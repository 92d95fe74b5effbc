"""People, their names in several scripts, their identity documents and photographs."""
