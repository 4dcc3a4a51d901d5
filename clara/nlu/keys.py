"""Under which keys the pipeline tells what it made of a message; actions, stores and benchmarks read them."""

LANGUAGE = "language"  # "en" or "fr"
PAGE_ANSWERS = "page_answers"  # the certainty that the page answers at all, 0 to 1
ASKED = "asked"  # what to answer and what to refuse, topics and refusals, in the order asked; [] where the intent says it
OFFERED = "offered_topics"  # to ask back which of them was meant
NEAR = "near_topics"  # to suggest beside a refusal, most certain first
PAGE_SAYS = "page_says"  # "yes", "no", or "" where the question wants neither, or the page says neither

# What else is told, of a training question (metadata in data/nlu) and of a conversation (slots).
AFTER = "after"  # of a follow-up: what the reply before it was about, the id of a topic or a refusal
ALSO = "also"  # of a question that asks for several things: the others beside its intent
THREAD = "thread"  # the slot: what was last spoken of, ids of topics and refusals
