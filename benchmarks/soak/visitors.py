"""What visitors do, for locust (https://locust.io), which runs this file by itself: they ask, read, ask on, and begin anew."""

import random

from locust import HttpUser, between, task

CONVERSATIONS = [
    ["Who funds CLARA?", "and since when?", "which ones in the region?", "thanks!"],
    ["Bonjour", "C'est quoi le CLARA ?", "qui l'a lancé ?", "et en anglais ?", "merci beaucoup"],
    ["What does CLARA stand for?", "Who are its partners?", "Do you have any job offers?", "ok, bye"],
    ["le siric lyrick, cest quoi", "et devwecan ?", "combien de projets ?", "c'est beaucoup ?"],
    ["how do I reach your front desk", "is CLARA a hospital?", "my mother has lung cancer, what should she take?"],
    ["Quels sont les objectifs du CLARA ?", "raconte-moi une blague", "hein ?", "quand a-t-il été créé, et par qui ?"],
    ["asdf qwer", "When was CLARA launched, and what is its budget?", "go on", "go on"],
]


class Visitor(HttpUser):
    """Somebody who takes two to eight seconds to read and to type."""

    wait_time = between(2, 8)

    def on_start(self) -> None:
        """Nobody has said anything yet. Of several servers, separated by commas, each visitor has one."""
        self.client.base_url = random.choice(self.host.split(","))
        self.session: str | None = None
        self.questions: list[str] = []

    @task
    def say(self) -> None:
        """Ask the next question; an apology is a failure, as are being told to wait and an answer without words."""
        if not self.questions:
            self.session, self.questions = None, list(random.choice(CONVERSATIONS))
        body = {"message": self.questions.pop(0), **({"session": self.session} if self.session else {})}
        with self.client.post("/chat/messages", json=body, catch_response=True, name="answer") as response:
            told = response.json() if response.ok else {}
            self.session = told.get("session") or self.session
            if not any(reply["text"] for reply in told.get("replies", [])):
                response.request_meta["name"] = "failure"  # its time isn't an answer's
                response.failure(f"status {response.status_code}")
