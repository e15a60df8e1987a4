import { francAll } from "franc-min";

/** Letters looked at, spread over the text; more do not make the answer surer. */
const sampleLength = 20_000;
/** Fewer letters than these cannot be told. */
const fewest = 40;

/** The languages that franc-min tells apart and that have a code in ISO 639-1. */
const codes: Record<string, string> = {
  cmn: "zh", spa: "es", eng: "en", rus: "ru", arb: "ar", ben: "bn", hin: "hi", por: "pt", ind: "id", jpn: "ja", fra: "fr", deu: "de",
  jav: "jv", kor: "ko", tel: "te", vie: "vi", mar: "mr", ita: "it", tam: "ta", tur: "tr", urd: "ur", guj: "gu", pol: "pl", ukr: "uk",
  kan: "kn", mal: "ml", pes: "fa", swh: "sw", sun: "su", ron: "ro", pan: "pa", hau: "ha", bos: "bs", hrv: "hr", nld: "nl", srp: "sr",
  tha: "th", ckb: "ku", yor: "yo", uzn: "uz", zlm: "ms", ibo: "ig", npi: "ne", som: "so", ces: "cs", ell: "el", swe: "sv", hun: "hu",
  azj: "az", mya: "my", nya: "ny", kin: "rw", sin: "si", amh: "am", bul: "bg", run: "rn", lin: "ln", bel: "be", kaz: "kk", uig: "ug",
};

/** A second language that scores so near the first leaves it open: filler text, lists of names, several languages. */
const close = { inShortTexts: 0.9, inLongTexts: 0.992 };
const longFrom = 300;

/** The language that most of the texts are written in, as ISO 639-1; null when there is too little text or it is unsure. */
export async function languageOf(texts: readonly string[]): Promise<string | null> {
  const prose = texts.filter((text) => /\p{L}/u.test(text));
  const all = prose.join("\n");
  const letters = all.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
  if (letters < fewest) return null;
  const step = Math.ceil(all.length / sampleLength);
  const spread = prose.filter((_, index) => index % step === 0).join("\n");
  const sample = (spread.length < sampleLength / 2 ? all : spread).slice(0, sampleLength);
  const nearest = letters < longFrom ? close.inShortTexts : close.inLongTexts;
  const likely = francAll(sample, { only: Object.keys(codes) }).filter(([, score]) => score > nearest).map(([code]) => code);
  const [first = "und"] = likely.length > 1 ? await byFrequentWords(sample, likely) : likely;
  return codes[first] ?? null;
}

/** The language whose most frequent words the text is full of: at least one word in seven, and half as many again as of any other. */
async function byFrequentWords(sample: string, likely: readonly string[]): Promise<string[]> {
  const lists = (await import("stopword")) as unknown as Readonly<Record<string, readonly string[] | undefined>>;
  const words = sample.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const shares = likely.map((code): [string, number] => {
    const frequent = new Set(lists[code]);
    return [code, words.filter((word) => frequent.has(word)).length / words.length];
  });
  const [best, second] = shares.toSorted((one, other) => other[1] - one[1]);
  return best && best[1] > 1 / 7 && best[1] > (second?.[1] ?? 0) * 1.5 ? [best[0]] : [];
}
