// What the chat itself says; what the assistant says comes from the server.

export const LANGUAGES = ["en", "fr"];

export const WORDS = {
  en: {
    title: "Ask CLARA",
    open: "Ask a question about CLARA",
    close: "Close",
    restart: "New conversation",
    otherLanguage: "Français",
    conversation: "Conversation",
    you: "You:",
    question: "Your question",
    left: (number) => `${number} character${number === 1 ? "" : "s"} left`,
    send: "Send",
    thinking: "Preparing my reply…",
    suggestions: "Suggested questions:",
    source: (numbers) => `Source: About page, paragraph${numbers.length > 1 ? "s" : ""} ${list(numbers, "and")}`,
    passage: "Passage from the page",
    page: "Read the About page",
    retry: "Try again",
    unreachable: "I can’t reply at the moment. Please check your internet connection, then try again.",
  },
  fr: {
    title: "Ask CLARA",
    open: "Poser une question sur le CLARA",
    close: "Fermer",
    restart: "Nouvelle conversation",
    otherLanguage: "English",
    conversation: "Conversation",
    you: "Vous\u00a0:",
    question: "Votre question",
    left: (number) => `${number} caractère${number > 1 ? "s" : ""} restant${number > 1 ? "s" : ""}`,
    send: "Envoyer",
    thinking: "Je prépare ma réponse…",
    suggestions: "Questions proposées\u00a0:",
    source: (numbers) =>
      `Source\u00a0: page de présentation, paragraphe${numbers.length > 1 ? "s" : ""} ${list(numbers, "et")}`,
    passage: "Passage d’origine en anglais",
    page: "Lire la page de présentation (en anglais)",
    retry: "Réessayer",
    unreachable: "Je ne peux pas vous répondre pour le moment. Merci de vérifier votre connexion internet, puis de réessayer.",
  },
};

function list(numbers, and) {
  return numbers.length > 1 ? `${numbers.slice(0, -1).join(", ")} ${and} ${numbers.at(-1)}` : String(numbers[0]);
}
