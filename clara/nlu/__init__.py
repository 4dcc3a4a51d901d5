"""The components of Rasa's NLU pipeline that are ours; config.yml puts them in order."""
