"""The pipeline on public data, against published figures."""
