/** Nouns of every day: alone they name no subject that a title, keyword or question could be about. By language, folded; English in both numbers. */
const lists: Record<string, string> = {
  en: `ability accident account act action activity addition advance advantage affair afternoon age agreement aim air amount animal answer approach area arm army art article aspect
    attempt attention attitude audience author bag ball bank bar base basis bed beginning behaviour being bird bit blood boat body bone book bottom box boy breath brother building business
    capital car care career case cause center centre century chair chance change chapter character charge charm child children choice church circumstance city class cloth clothes club cold colour color
    comment community company comparison concern conclusion condition consideration content contrast control conversation corner cost country couple course court cry cup danger dark date daughter dear death
    decision deed degree demand desire detail device development difference difficulty direction discussion distance doctor dog door doubt dream dress drink duty ear earth ease edge edition effect effort element
    emotion end energy engine evening event evidence evil excuse exercise existence expense experience expression extent extreme eye face factor failure faith family fashion father fault favour fear feature feeling
    fellow field fight figure film finger fire fish flat floor flower foot feet force form fortune foundation friend front function future gain game garden gate gentleman gentlemen ghost girl glass glory god gold good
    goods grace grass ground group growth guest habit hair hall hat head health heart heaven height hill history hole home honor honour hope horse hour house human humanity husband ice idea ideal
    impression improvement incident increase individual influence information instance instinct instruction intensity intention interest inside issue item job journey joy judge judgment key king kitchen knee
    knowledge lack lady land language law leader leg length lesson letter level lie life light limit line lip list literature living look lord loss love luck machine mail majority manner map mark
    market marriage mass master material matter meal meaning means measure meeting member memory men merchant metal method middle midst mile military million mind minute mirror mistake mob moment money month mood morning mother
    motion mouth movement music mystery name nation nature neck need neighbor neighbour news night noise nose notice object objection observation occasion office officer opinion opportunity opposite option order
    outcome pace pain paper parent part party passage past path patience patient pattern pause peace pen period permission person personality phrase picture piece pity plan plant plate play pleasure plenty pocket poem
    poet poetry police policy politics position possession possibility post pound power practice praise presence present pressure price pride prince principle prison problem proceeding product profession progress
    promise proof property proportion proposal purpose quality quantity quarter queen quiet race rain range rate reach reaction reader reality reason record regard relation relief religion remark reply report request respect
    response rest result return reward rich right rise risk river road rock role roof room round row rule run safety sake sale sand scale scene scheme school sea season seat secret section selection self sense sentence series
    servant service set shadow shame shape share ship shock shop shore shoulder sight sign silence silver similarity singer sister site situation sitting size skill skin sky sleep smile smoke snow society soil soldier
    solution son song sorrow sort soul sound source south space speaker speech speed spirit spite spot spring square staff stage stair stand standard star start state statement station step stick stone stop store storm
    story stranger street strength stress strike structure struggle student study stuff style subject success suggestion sum summer sun supply support surface surprise system table tale talk task taste teacher team
    tear term test text theory thinking thought threat tomorrow tone tongue tool tooth top topic total touch tour town trade tradition train tree trial trip trouble trust truth turn understanding unit use value variety
    version victim victory view village virtue visit voice walk wall war warning waste watch water wave weakness wealth weapon weather week weight west whole wife will wind window wine winter wisdom wish woman women wonder wood
    workman workplace world worry worth wound writer writing wrong yard youth zone kit phone option instruction stranger assault dominion extreme`,
  hi: `अंत अनुमति अनुमान अनुभव अवसर अर्थ आंख आदमी आवश्यकता आवाज आवाज़ आसपास इच्छा उद्देश्य उत्पादन उपाय कमरा कदम काम कार्य कार्यस्थल कारण किताब कीमत कौन-कौन क्षेत्र खाना खेल गति गांव घर घटना चीज चीजें चीजों चेहरा छात्र छात्रों जगह जरूरत ज़रूरत जानकारी
    जीवन डर ढंग तरफ तरीका दरवाजा दिशा दुनिया दृष्टि देश ध्यान नजर नाम पक्ष पता परिणाम परिवार पानी पैटर्न प्रभाव प्रयास प्रश्न फल बच्चे बच्चों बच्चा बोर्ड भाग भाव भाषा मदद मन मनुष्य महिला मात्रा माता मित्र मुख्य यात्रा योजना राज्य रास्ता रूप लाभ विचार विकल्प विफलताओं विशेषता विशेषताएं
    विषय व्यक्ति शक्ति शहर शुरुआत संख्या संभावना समस्या समाज सवाल सहायता साधन सामान सुविधा सूची स्तर स्थान स्थिति हाथ हिस्सा हिस्से निर्माण निर्माताओं निगरानी नियंत्रण टूल पिन फोन परिवेश`,
};

const cache = new Map<string, ReadonlySet<string>>();

/** Common nouns of a language, folded; empty where there is no list. */
export const commonNounsOf = (language: string, fold: (text: string) => string): ReadonlySet<string> => {
  let known = cache.get(language);
  if (!known) {
    const words = (lists[language]?.split(/\s+/u) ?? []).map(fold);
    known = new Set(language === "en" ? words.flatMap((word) => [word, `${word}s`, word.replace(/y$/u, "ies"), `${word}es`]) : words);
    cache.set(language, known);
  }
  return known;
};
