"""Ask CLARA: an assistant that answers from one page, and from nothing else."""
