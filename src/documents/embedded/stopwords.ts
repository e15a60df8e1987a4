import * as lists from "stopword";

/** Codes of the library by ISO 639-1. */
const codes: Record<string, string> = {
  af: "afr", ar: "ara", bg: "bul", bn: "ben", br: "bre", ca: "cat", cs: "ces", da: "dan", de: "deu", el: "ell", en: "eng", eo: "epo",
  es: "spa", et: "est", eu: "eus", fa: "fas", fi: "fin", fr: "fra", ga: "gle", gl: "glg", gu: "guj", ha: "hau", he: "heb", hi: "hin",
  hr: "hrv", hu: "hun", hy: "hye", id: "ind", it: "ita", ku: "kur", la: "lat", lt: "lit", lv: "lav", mr: "mar", ms: "msa", nb: "nob",
  nl: "nld", no: "nob", pa: "panGu", pl: "pol", pt: "por", ro: "ron", ru: "rus", sk: "slk", sl: "slv", so: "som", st: "sot",
  sv: "swe", sw: "swa", tl: "tgl", tr: "tur", uk: "ukr", ur: "urd", vi: "vie", yo: "yor", zu: "zul",
};

/** Words too general to be a key phrase; the lists of the library hold function words alone. */
const general: Record<string, string> = {
  en: `a about above across actually again ago ahead all almost alone along already although always am among amount an and another any anyone
    anything apart are around as ask asked at available away back bad based be became because become becomes been before began begin behind being
    below best better between beyond big both bring bring brought but by call called came can cannot case certain certainly clear clearly click come
    comes common could couple course did different do does doing done don't down due during each early easily either else enough especially etc even
    ever every everything example examples except fact far few find first five following follows for found four from full further gave general
    generally get gets getting give given gives go goes going gone good got great had half hand happen happened has have having he heard help
    her here high him himself his how however i i'd i'll i'm i've if image images important in include includes including indeed inside instead into
    is isn't it it's its itself just keep kept kind knew know known large last later latter learn least left less let let's like likely little
    long look looked looking lot lots low made main mainly make makes making man many matter may maybe me mean means might mind mine more
    most mr mrs much must my myself namely near nearly need needed needs neither never new next no none nor not note nothing now number of off
    often oh okay old on once one ones only open or order other others our out over own page part particular particularly people perhaps place
    please point possible pretty probably put question quite rather read ready real really receive right round said same saw say says second see
    seem seemed seems seen set several shall she should show shown shows side simple simply since six small so some someone something
    sometimes somewhat soon sort still stood such sure take taken takes tell ten than that that's the their them themselves then there there's
    therefore these they they're thing things think third this those though thought three through thus time times to today together told
    too took toward towards tried true try turn turned two type types typically under unless until up upon us use used useful user uses using
    usually various very via want wanted wants was wasn't way ways we we'll we're we've week well went were what whatever when where
    whether which while who whole whom whose why will with within without won't word words work would year years yes yet you you'd you'll
    you're you've your yourself able however also thereby whereas hence mostly nowadays lesson chapter section figure table day days
    gathering within e.g i.e vs`,
  hi: `अक्सर अगर अगला अगले अच्छा अच्छी अच्छे अधिक अधिकांश अनुसार अन्य अब अलग आई आए आएगा आगे आता आती आते आमतौर आया आसान इतना इतने इन इनमें इन्हें इस इसका इसके इसमें
    इसलिए इससे इसे उदाहरण उनमें उन्हें उपयोग उपयोगी उपलब्ध उस उसमें उसे ऊपर एक ऐसा ऐसी ऐसे और कई कभी कम कर करके करता करती करते करना करनी करने करें करेंगे करो कहते कहना कहलाता
    कहलाती कहलाते कहा का काफी काम कारण कि किए किन किया किसी की कुछ कुल के केवल को कोई कौन क्या क्यों खुद गई गए गया चाहते चाहिए चाहे चुका चुके छोटा छोटी छोटे जब जबकि जहां जाए जाएं
    जाएगा जाता जाती जाते जाना जाने जिन जिनमें जिन्हें जिस जिसका जिसकी जिसके जिसमें जिससे जिसे जैसा जैसी जैसे जो ज्यादा ज़्यादा ठीक तक तब तरह तरीके तरीकों तुम तो था थी थे थोड़ा दिए दिया दी दे देखना
    देखें देखते देता देती देते देना देने दो दोनों द्वारा धन्यवाद नहीं नए नया नई ना नाम निम्न निम्नलिखित नीचे ने पर परन्तु पहला पहली पहले पाठ पाता पाते पास पूरा पूरी पूरे प्रकार प्रति प्रत्येक प्राप्त फिर बजाय बड़ा बड़ी बड़े बन
    बनता बनती बनते बना बनाता बनाती बनाते बनाना बनाने बल्कि बस बहुत बात बाद बार बारे बाहर बिना बीच भर भी मगर मतलब माध्यम मुझे में मेरा मेरी मेरे मैं यदि यह यहाँ यहां या यानी ये रख रखता रखते रखना रखने रहता
    रहती रहते रहना रहा रही रहे लगता लगभग लिए लेकिन लेता लेते लेना लेने लोग लोगों व वह वहाँ वहां वाला वाली वाले विभिन्न वे शामिल संबंधित सकता सकती सकते सब सबसे सभी समय समान साथ सामने सामान्य सारे सिर्फ
    से स्वयं हम हमारा हमारी हमारे हमें हर ही हुआ हुई हुए हूं हूँ हें है हैं हो होगा होंगे होता होती होते होना होने होकर तथा एवं अथवा अपना अपनी अपने आप आपका आपकी आपके आपको विशेष रूप दौरान भीतर अंदर ओर
    वाक्य शब्द वर्ष साल दिन सप्ताह माना जाना वास्तव किन्तु तीन चार पांच पाँच`,
  fr: `ainsi alors après aussi autre autres avant avec avoir beaucoup bien car cas ce cela celle celles celui cependant certains ces cet cette ceux chaque chez
    comme comment contre dans de depuis des donc dont du elle elles en encore entre est et être eux exemple fait faire faut fois font grand grande grands ici il ils
    jamais jour jours la le les leur leurs lors lorsque lui mais même mêmes moins ne ni non nos notre nous on ont ou où par parce parfois pas pendant permet peu peut
    peuvent plus plusieurs pour pourquoi près puis quand que quel quelle quelques qui sa sans se sera ses seulement si sien soit son sont sous souvent sur tant tel
    telle tous tout toute toutes très trop un une vers voir vos votre vous afin aujourd'hui n'est c'est d'un d'une qu'il qu'un l'on s'est été était ont`,
};

const byCode = new Map<string, unknown>(Object.entries(lists));
const cache = new Map<string, ReadonlySet<string>>();

/** Words that carry no subject in a language, folded as written there; empty for languages without a list. */
export const stopwordsOf = (language: string, fold: (text: string) => string): ReadonlySet<string> => {
  const known = cache.get(language);
  if (known) return known;
  const code = codes[language];
  const list = code === undefined ? [] : byCode.get(code);
  const all = [...(Array.isArray(list) ? list : []), ...(general[language]?.split(/\s+/u) ?? [])];
  const set = new Set(all.map((word) => fold(word)));
  cache.set(language, set);
  return set;
};
