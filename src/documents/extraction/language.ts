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

/** Languages written in Devanagari that are told apart by so few words that Hindi is the safer answer when they are close. */
const close = 0.97;

/** The language that most of the texts are written in, as ISO 639-1; null when there is too little text or it is unsure. */
export function languageOf(texts: readonly string[]): string | null {
  const prose = texts.filter((text) => /\p{L}/u.test(text));
  const all = prose.join("\n");
  if ((all.match(/\p{L}/gu)?.length ?? 0) < fewest) return null;
  const step = Math.max(1, Math.ceil(all.length / sampleLength));
  const sample = step === 1 ? all : prose.filter((_, index) => index % step === 0).join("\n").slice(0, sampleLength) || all.slice(0, sampleLength);
  const [best, second] = francAll(sample.slice(0, sampleLength));
  if (!best || best[0] === "und") return null;
  const code = codes[best[0]] ?? null;
  if (second && second[1] > close && sample.length < 300) return null;
  return code;
}
