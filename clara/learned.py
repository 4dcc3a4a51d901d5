"""What a trained model has learned from the knowledge: all that can't change without a training."""

from collections.abc import Iterator

from clara.knowledge import Knowledge
from clara.nlu.figures import figures


def learned_from(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """What is learned, as names and texts that can be compared, in a fixed order; wordings are no part of it."""
    yield "topics", repr(sorted(knowledge.topics))
    yield "refusals", repr(sorted((id, refusal.kind) for id, refusal in knowledge.refusals.items()))
    yield "courtesies", repr(sorted(knowledge.courtesies))
    for id, organisation in sorted(knowledge.organisations.items()):
        yield id, repr((organisation.aliases, organisation.not_names))
    for id, topic in sorted(knowledge.topics.items()):  # their figures tell a right claim from a wrong one
        yield id, repr(sorted(figures(" ".join(passage.text for passage in topic.sources), "en")))
