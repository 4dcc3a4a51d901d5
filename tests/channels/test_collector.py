import asyncio

from clara.channels.collector import ReplyCollector


def collected(message):
    collector = ReplyCollector("chat")
    asyncio.run(collector.send_response("visitor", message))
    return collector.replies


def test_reply_keeps_text_metadata_and_questions_and_nothing_else():
    told = {"kind": "answer", "topics": ["funders"], "language": "en", "sources": [{"text": "a", "paragraph": 1}]}
    message = {
        "text": "Public money.",
        "buttons": [{"title": "Since when?", "payload": "Since when?"}],
        "reply": told,
        "model_id": "abc",
        "assistant_id": "ask-clara",
        "image": None,
    }
    assert collected(message) == [{"text": "Public money.", **told, "suggestions": ["Since when?"]}]


def test_message_without_metadata_has_every_field_all_the_same():
    assert collected({"text": "Hello", "buttons": None}) == [
        {"text": "Hello", "kind": None, "topics": [], "language": None, "sources": [], "suggestions": []}
    ]
