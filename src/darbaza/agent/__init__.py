"""The local agent: a small program on the computer of a post, for what no page reads.

It reads serial readers and scales, folders and makers' kits, and tells the server what
came (docs/agent.md). Plain Python: no Django, no database, nothing kept on disk.
"""
