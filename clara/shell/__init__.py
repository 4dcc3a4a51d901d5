"""A console for staff: type a question, read what visitors get, its kind and its sources."""
