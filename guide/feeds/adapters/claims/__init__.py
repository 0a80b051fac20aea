"""Lists of who shows what, as people collect them: each shape is a module, what they share stands once."""
