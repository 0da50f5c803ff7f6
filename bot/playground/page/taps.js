// A tap, from the press to its answer: a passing word, an alert, or nothing but the end of waiting.

import { Refused, tap, taps } from "./api.js";
import { alertDialog, toast } from "./notices.js";

const FIRST_LOOK = 80;
const LONGEST_LOOK = 600;
const PATIENCE = 15000;

const rest = (length) => new Promise((resolve) => setTimeout(resolve, length));

/** Taps, and returns when the tap was answered, was refused, or nobody answered for a while. Says the answer itself. */
export async function tapAndHear(person, message, data) {
  try {
    const { callback_query_id: query } = await tap(person, message, data);
    const answer = await answerTo(person, query);
    if (!answer?.text) return;
    if (answer.alert) alertDialog(answer.text);
    else toast(answer.text);
  } catch (fault) {
    const gone = fault instanceof Refused;
    toast(gone ? "That button is no longer open." : "The coach can't be reached. Try again in a moment.");
  }
}

async function answerTo(person, query) {
  const until = performance.now() + PATIENCE;
  for (let look = FIRST_LOOK; performance.now() < until; look = Math.min(look * 1.5, LONGEST_LOOK)) {
    await rest(look);
    const found = (await taps(person)).find((one) => one.callback_query_id === query);
    if (found?.answered) return found;
  }
  return null;
}
