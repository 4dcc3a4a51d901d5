"""Under which keys the pipeline tells what it made of a message; actions, stores and benchmarks read them."""

LANGUAGE = "language"  # "en" or "fr"
PAGE_ANSWERS = "page_answers"  # the certainty that the page answers at all, 0 to 1
TOPICS = "topics"  # to answer, in the order asked
REFUSED = "refused"  # what can't be answered, but was asked for beside those topics
OFFERED = "offered_topics"  # to ask back which of them was meant
NEAR = "near_topics"  # to suggest beside a refusal, most certain first
PAGE_SAYS = "page_says"  # "yes", "no", or "" where the question wants neither, or the page says neither
