import { calculate } from './calculate.ts'
import type { Language } from './language.ts'

const capitals: Record<string, string> = {
  china: 'Beijing',
  france: 'Paris',
  germany: 'Berlin',
  italy: 'Rome',
  japan: 'Tokyo',
  spain: 'Madrid',
}

export const english: Language = {
  replies: [
    [
      /^(?:hi|hello|hey|good (?:morning|evening))\b[\s,.!]*(?:there)?[\s.!]*$/i,
      () => 'Hello! How can I help you today?',
    ],
    [/^(?:thanks|thank you)\b/i, () => 'You are welcome.'],
    [
      /\bwho are you\b|\bwhat (?:model|are you)\b/i,
      () => 'I am a simulated model: I stand in for a vendor, so that nothing I say costs anyone money.',
    ],
    [
      /^(?:please )?(?:just )?(?:say|repeat|(?:reply|answer|respond) with)(?: exactly| only)?:? +["“']?([^\n]{1,80}?)["”']?[.!]*$/i,
      ([, words]) => `${words!.charAt(0).toUpperCase()}${words!.slice(1)}.`,
    ],
    [/capital of (\w+)/i, ([, country]) => namedCapital(country!)],
    [/(-?\d{1,9}) ?([-+*x×/÷]) ?(-?\d{1,9})/i, ([, left, sign, right]) => calculate(left!, sign!, right!)],
  ],
  asking: [
    /^(?:please|could you|can you|would you|help me(?: to)?|i (?:want|need) (?:you )?to)\s+/i,
    /^(?:what(?:'s| is| are)|who is|explain|describe|define|tell me about|summari[sz]e|compare|discuss)\s+/i,
    /^(?:write|give me|draft|make) (?:me )?(?:an? )?(?:\w+ )?(?:about|on|for|of) /i,
    // What is left of these would be no noun: the subject is "this".
    /^(?:how|why|when|where|which|who|is|are|do|does|should)\b.*$/is,
    /\s*(?:,? please|(?:,? )?(?:in|with) (?:one|two|three|a few|simple) (?:words?|sentences?|terms|paragraphs?))?[\s.?!:]*$/i,
  ],
  longSubject: 'this',
  longestSubject: 60,
  openings: [
    (subject) => `In short, ${subject}: know what it is for, what it costs, and how you would notice that it fails.`,
    (subject) =>
      `There are three things to say about ${subject}: where it helps, where it does not, and what to try first.`,
    (subject) => `A good way to think about ${subject} is to begin with a small example and let it grow.`,
    (subject) => `Here is a brief answer on ${subject}, and the reason behind it.`,
  ],
  // Every word and every mark here is one token, so that the first n tokens are n tokens however they are counted.
  sentences: [
    'The short answer is yes, but the details matter more than the summary.',
    'Start with the smallest model that passes your tests, and move up only where it fails.',
    'A good experiment changes one thing at a time and keeps everything else the same.',
    'Keep the data, the code and the results in one place, so that others can repeat the work.',
    'The second run is slower than the first, because the cache was cold and the disk was busy.',
    'Most of the cost comes from long prompts, so cut what the model does not need to read.',
    'When two numbers disagree, trust the one that you can explain from the raw data.',
    'The error is small, but it grows with every step, so check it before you go on.',
    'Write down what you expect before you look, and compare it with what you see.',
    'Three samples are not enough to tell a real effect from simple noise.',
    'If the result looks too good, look for a leak between the training set and the test set.',
    'This part is easy to read, easy to test and easy to change later.',
    'There are two ways to do it, and the first one is better for most teams.',
    'It helps to set a limit early, because a limit is hard to add when the money is gone.',
    'Read the log from the top, find the first line that is wrong, and stop there.',
    'The next step is to repeat the run with another seed and more data.',
  ],
  space: ' ',
}

function namedCapital(country: string): string | null {
  const capital = capitals[country.toLowerCase()]
  return capital ? `The capital of ${country} is ${capital}.` : null
}
