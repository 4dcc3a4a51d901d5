"""What we claim about understanding and speed, as commands."""
