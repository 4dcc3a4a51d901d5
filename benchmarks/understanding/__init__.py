"""How well questions are understood: sets of questions, a judge of the replies, a report with thresholds."""
