"""The custom actions: each translates between the conversation's tracker and clara.answering, and does nothing else."""
