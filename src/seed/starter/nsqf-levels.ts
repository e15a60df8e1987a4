import type { StarterNsqfLevel } from "./types.js";

/** The ten rungs and the half rungs that registered qualifications use. */
export const starterNsqfLevels: readonly StarterNsqfLevel[] = [
  {
    level: "1.0",
    description: "Carries out one simple, repeated task under constant guidance and keeps oneself and others safe while doing it.",
    typicalEntry: "No schooling required; everyday spoken language is enough.",
  },
  {
    level: "2.0",
    description: "Handles a short list of routine tasks with familiar tools, following spoken or pictured instructions under close supervision.",
    typicalEntry: "Primary schooling, or the ability to read and write simple sentences.",
  },
  {
    level: "2.5",
    description: "Does routine work to a set standard, notices when a result is off and asks for help in time.",
    typicalEntry: "Class 5 to class 8 passed, or a level 2 qualification with some months of work.",
  },
  {
    level: "3.0",
    description: "Completes a predictable job from start to finish, choosing between known methods and reading basic work orders.",
    typicalEntry: "Class 8 to class 10 passed, or a level 2.5 qualification with experience.",
  },
  {
    level: "3.5",
    description: "Works alone on routine jobs, keeps simple records and answers for the quality of the own work.",
    typicalEntry: "Class 10 passed with a year of training, or a level 3 qualification with experience.",
  },
  {
    level: "4.0",
    description: "Practises a trade: plans familiar jobs, solves everyday problems, speaks with customers and explains what was done.",
    typicalEntry: "Class 12 passed, class 10 with a two-year trade certificate, or a level 3.5 qualification with experience.",
  },
  {
    level: "4.5",
    description: "Takes on varied and partly unfamiliar jobs, reads technical documents and helps newer colleagues along.",
    typicalEntry: "Class 12 with a year of further study, or a level 4 qualification with experience.",
  },
  {
    level: "5.0",
    description: "Answers for the output of a small team, picks suitable methods with sound theory and improves how the work is organised.",
    typicalEntry: "A diploma after class 10 or two years of undergraduate study, or a level 4.5 qualification with experience.",
  },
  {
    level: "5.5",
    description: "Runs a section of work with its schedule, people and budget, and finds causes rather than symptoms.",
    typicalEntry: "A three-year degree, or a level 5 qualification with experience.",
  },
  {
    level: "6.0",
    description: "Designs solutions in a specialised field, weighs evidence and answers for the results of a department or project.",
    typicalEntry: "A four-year degree, or a level 5.5 qualification with experience.",
  },
  {
    level: "6.5",
    description: "Brings several specialities together, advises decision makers and carries complex projects through uncertainty.",
    typicalEntry: "A four-year degree with a year of postgraduate study or long practice in the field.",
  },
  {
    level: "7.0",
    description: "Commands the theory and practice of a field, sets direction for an organisation and develops methods others adopt.",
    typicalEntry: "A master's degree, or a level 6.5 qualification with long experience.",
  },
  {
    level: "8.0",
    description: "Adds new knowledge to a field through independent research or leads practice at national scale.",
    typicalEntry: "A master's degree with research training; doctoral study usually sits here.",
  },
  {
    level: "9.0",
    description: "Steers research or a profession across disciplines and answers for its wider effect on society.",
    typicalEntry: "Doctoral work and a record of leadership. Vocational qualifications are rarely registered this high.",
  },
  {
    level: "10.0",
    description: "Redefines a field: original work of lasting influence, judged by peers around the world.",
    typicalEntry: "A doctorate and years of recognised original work. The top of the ladder, kept for completeness.",
  },
];
