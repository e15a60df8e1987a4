/** Marks that begin an item; a dash needs a blank after it, as a figure needs a point or bracket. */
const bullet = /^(?:[•‣◦▪▫●○■□❑❖➢➤►✓✔⁃∙·]|[-–*]\s)\s*(?=\S)/u;
const numbered = /^(?:\(?(?:\d{1,2}|[०-९]{1,2}|[a-z]|[ivx]{1,4})[.)])\s+(?=\S)/u;
const alone = /^\s*(?:[•‣◦▪▫●○■□❑❖➢➤►✓✔⁃∙·–*-]|\(?(?:\d{1,2}|[०-९]{1,2}|[a-z]|[ivx]{1,4})[.)])\s*$/u;

/** Whether a text begins with the mark of an item. */
export const isBullet = (text: string): boolean => bullet.test(text);
export const isNumbered = (text: string): boolean => numbered.test(text);
/** Whether a text is such a mark and nothing else. */
export const isMark = (text: string): boolean => alone.test(text);
export const withoutMark = (text: string): string => text.replace(bullet, "").replace(numbered, "");
