// Asks whether an answer was of use; loaded with the first answer.

import { el } from "./dom.js";

const WORDS = {
  en: {
    question: "Was this answer helpful?",
    yes: "Yes",
    no: "No",
    why: "What was wrong with it?",
    thanks: "Thank you for your feedback.",
    lost: "I’m sorry, your feedback couldn’t be saved.",
    reasons: {
      not_what_i_asked: "It isn’t what I asked",
      incomplete: "Something is missing",
      wrong: "Something is incorrect",
      hard_to_understand: "It’s hard to understand",
    },
  },
  fr: {
    question: "Cette réponse est-elle utile\u00a0?",
    yes: "Oui",
    no: "Non",
    why: "Qu’est-ce qui n’allait pas\u00a0?",
    thanks: "Merci pour votre avis.",
    lost: "Malheureusement, votre avis n’a pas pu être enregistré.",
    reasons: {
      not_what_i_asked: "Ce n’est pas ce que je demandais",
      incomplete: "Il manque quelque chose",
      wrong: "Il y a une erreur",
      hard_to_understand: "C’est difficile à comprendre",
    },
  },
};

// `rate(helpful, reason)` tells the server, and says whether it took it.
export function feedback(language, rate) {
  const words = WORDS[language];
  const box = el("div", { className: "feedback", role: "group", lang: language, tabIndex: -1 });
  const ask = (question, choices) => {
    const buttons = choices.map(([text, onclick]) => el("button", { type: "button", onclick }, text));
    box.setAttribute("aria-label", question);
    box.replaceChildren(question, " ", ...buttons);
    return buttons[0];
  };
  const end = async (helpful, reason) => {
    const told = (await rate(helpful, reason)) ? words.thanks : words.lost;
    box.setAttribute("aria-label", told);
    const inside = box.contains(box.getRootNode().activeElement);
    box.replaceChildren(told);
    if (inside) box.focus(); // or the visitor is typing the next question
  };
  const why = () => {
    rate(false);
    ask(words.why, Object.entries(words.reasons).map(([reason, text]) => [text, () => end(false, reason)])).focus();
  };
  ask(words.question, [[words.yes, () => end(true)], [words.no, why]]);
  return box;
}
