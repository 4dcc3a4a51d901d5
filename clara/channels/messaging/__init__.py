"""The messaging services that people can reach the assistant through: one module each, and what they have in common."""
