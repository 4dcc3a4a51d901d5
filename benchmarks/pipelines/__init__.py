"""What the pipeline could be: features, classifiers and ways to abstain, on the same data."""
