import { z } from "zod";
import { nodeId } from "../../graphql/node.js";
import { clearable, line, notStorable, storable, whole } from "../input.js";
import { decimal, notClearable, texts } from "../learner/rules.js";
import { maxContent } from "../../documents/writer.js";

/** What every change of something that is there needs: which, and as of when the client knows it. */
export const changeOf = (type: string) => ({ id: nodeId(type), expectedUpdatedAt: z.string() });

const languageTag = z.string().transform((text, context) => {
  try {
    const [tag] = Intl.getCanonicalLocales(text);
    if (tag && tag.length <= 35) return tag;
  } catch {
    // Not a tag: said below.
  }
  context.addIssue({ code: "custom", params: { code: "INVALID_FORMAT" }, message: "This is not a language tag such as “en” or “hi”." });
  return z.NEVER;
});

const title = line(300);
const description = clearable(line(5_000));

/** The fields of a course besides its title. */
const courseDetails = {
  description,
  providerId: clearable(nodeId("Provider")),
  nsqfLevel: clearable(decimal(1, 10)),
  credits: clearable(decimal(0, 999.99)),
  notionalHours: clearable(whole(0, 100_000)),
  durationMonths: clearable(whole(1, 120)),
  language: notClearable(languageTag),
  region: clearable(line(100)),
  keywords: notClearable(z.array(z.unknown()).max(20).pipe(texts(100))),
};

export const newCourse = z.object({ title, ...courseDetails });
export const courseChange = z.object({ ...changeOf("Course"), title: notClearable(title), ...courseDetails });

const objectives = z.array(line(500)).max(10);
const moduleDetails = { description, learningObjectives: notClearable(objectives) };

export const newModule = z.object({ courseId: nodeId("Course"), title, ...moduleDetails });
export const moduleChange = z.object({ ...changeOf("Module"), title: notClearable(title), ...moduleDetails });

const topicDetails = {
  content: notClearable(z.string().max(maxContent).refine(storable, notStorable)),
  estimatedMinutes: clearable(whole(0, 600)),
};

export const newTopic = z.object({ moduleId: nodeId("Module"), title, ...topicDetails });
export const topicChange = z.object({ ...changeOf("Topic"), title: notClearable(title), ...topicDetails });
