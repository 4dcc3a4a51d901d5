"""How fast and how light the assistant is, beside the same one on Rasa's default configuration."""
