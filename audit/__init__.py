"""What we take from others, and what we must not give away: known vulnerabilities, licences, secrets in git.

`make audit` runs it. It imports nothing of the assistant, and the assistant nothing of it.
"""
