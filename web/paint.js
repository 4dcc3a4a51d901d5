// The colour that a page asks for; loaded where it asks for one. What is written on it is white or black, whichever is easier to read. What is no
// opaque colour changes nothing.

export function paint(chat, colour) {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = "#0b4f71";
  canvas.fillStyle = colour;
  const parts = canvas.fillStyle.match(/^#(..)(..)(..)$/)?.slice(1).map((part) => parseInt(part, 16) / 255);
  if (!parts) return;
  const [red, green, blue] = parts.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  chat.style.setProperty("--accent", canvas.fillStyle);
  chat.style.setProperty("--on-accent", 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000" : "#fff");
}
