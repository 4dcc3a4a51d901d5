"""How many visitors at once the assistant holds, and for how long."""
