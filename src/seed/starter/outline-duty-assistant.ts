import type { StarterOutline } from "./types.js";

export const dutyAssistantOutline: StarterOutline = {
  courseId: "QG-4.5-HE-04219-2025-V2-HSSC",
  modules: [
    {
      week: 1,
      title: "Safe hands",
      description: "The rules that protect patients and you: hygiene, consent and limits of the role.",
      learningObjectives: [
        "Clean hands at the right moments",
        "Respect dignity, consent and privacy",
        "Know what the role may and may not do",
      ],
      topics: [
        {
          title: "Hand hygiene and protection",
          estimatedMinutes: 25,
          content: `Most infections on a ward travel by hands. Clean yours at five moments: **before** touching a patient, **before** a clean procedure, **after** contact with body fluids, **after** touching a patient, **after** touching things around the patient.

Rub with alcohol for 20 to 30 seconds when hands look clean; wash with soap for 40 to 60 seconds when they are soiled or after caring for someone with diarrhoea. Palms, backs, between fingers, thumbs, nail tips, wrists.

Gloves do not replace this. Put them on for contact with fluids, take them off by turning them inside out, clean hands again.

Order of taking off: gloves, hand hygiene, gown, eye protection, mask, hand hygiene.

Sharps go straight into the puncture-proof box; never recap a needle. If you are pricked, let it bleed under running water, do not squeeze, and report **at once**.

**Try it.** Watch one hour of work and count the moments.`,
        },
        {
          title: "Dignity, consent, limits",
          estimatedMinutes: 25,
          content: `You meet people when they are weakest. Knock, say your name and what you are about to do, ask, and wait for the answer. Close the curtain. Cover what need not be seen. Talk to the patient, not over the patient.

A person may refuse, even if you think it unwise. Do not argue and do not force: report to the nurse.

Information belongs to the patient. No photograph, no message to relatives beyond what the nurse permits, no talk in the lift.

**You do:** hygiene, meals, mobility, comfort, observations, records of your own work.
**You do not:** give medicines or injections, change a prescribed rate, explain a diagnosis or promise an outcome.

When you are asked to do what you have not been trained for, say: "I am not allowed to do that, I will call the nurse."

**Try it.** Practise that sentence until it comes kindly.`,
        },
      ],
    },
    {
      week: 2,
      title: "Watch and report",
      description: "Vital signs, warning signs and reports that are heard.",
      learningObjectives: [
        "Measure vital signs correctly",
        "Recognise values that need a nurse now",
        "Report in a fixed, short form",
      ],
      topics: [
        {
          title: "Vital signs",
          estimatedMinutes: 35,
          content: `Measure at rest, with clean equipment, and write the value down at once.

| Sign | Common range at rest, adult |
|---|---|
| Temperature (mouth) | 36.5 to 37.5 °C |
| Pulse | 60 to 100 a minute |
| Breathing | 12 to 20 a minute |
| Blood pressure | near 120/80 mmHg |
| Oxygen saturation | 95 % or more |

Count pulse and breathing for a full minute when they are irregular. Count breathing while you appear to be taking the pulse, as people change it when watched. For blood pressure: five minutes of rest, arm supported at the height of the heart, a cuff that fits, no talking.

Ranges differ for children and for some illnesses; ask the nurse which limits count for this patient. A single odd value: measure again. Still odd: report, do not wait for the round.

**Try it.** Measure three colleagues and let another repeat it. How far apart are you?`,
        },
        {
          title: "Raise the alarm",
          estimatedMinutes: 25,
          content: `Call for help **immediately** for: no response, no or gasping breath, chest pain, sudden weakness on one side or slurred speech, heavy bleeding, a fit, lips turning blue, or a new confusion.

Stay with the patient, shout or ring, lay them safely. If trained and there is no normal breathing, start chest compressions: middle of the chest, 5 to 6 cm deep, 100 to 120 a minute, until help takes over.

For everything else report in four steps:

1. **Situation:** "I am Asha from ward 3. Mr Rao in bed 7 is short of breath."
2. **Background:** "Operated yesterday."
3. **What I see:** "28 breaths a minute, saturation 90."
4. **Request:** "Please come now."

Then write down the time and to whom you reported. What is not written was not done.

**Try it.** Report a made-up case in under thirty seconds.`,
        },
      ],
    },
    {
      week: 3,
      title: "A day of care",
      description: "Moving, washing, feeding and comfort without harm to either of you.",
      learningObjectives: [
        "Move a patient without hurting your back",
        "Prevent pressure injuries",
        "Help with meals and washing safely",
      ],
      topics: [
        {
          title: "Moving and pressure care",
          estimatedMinutes: 35,
          content: `Before you move anyone: What can the patient do? What does the plan say? Do I need a second person or a device? Lock the wheels, raise the bed to your hip, explain, count together.

Keep your feet apart, knees bent, the load close, and turn with the feet, not with the spine. Slide rather than lift; a slide sheet costs less than a back.

Skin that bears weight too long dies. At risk: heels, sacrum, hips, elbows, the back of the head. Turn as the plan says, often every two hours in bed, look at the skin each time, keep it clean and dry, smooth the sheet, float the heels.

A red patch that does **not** turn pale under your finger is a warning: keep the weight off it and report it. Do not massage it.

**Try it.** Lie on your back for twenty minutes without moving. Where does it press?`,
        },
        {
          title: "Meals, washing, sleep",
          estimatedMinutes: 30,
          content: `**Meals.** Check name, diet and whether swallowing is safe. Sit the patient upright, sit down yourself, offer small spoonfuls and wait. Coughing, a wet voice or food kept in the cheek: stop and call the nurse. Leave them upright for half an hour and note how much was eaten and drunk.

**Washing.** Warm room, warm water, clean to dirty, one part uncovered at a time. Test the water with your elbow. Let people do what they can; independence heals. Use the minutes to look at skin, feet and mood.

**Sleep.** Fewer lights, less noise, pain reported in time, a toilet visit before the night.

Loneliness is a symptom as well. Two minutes of real attention, sitting down, do more than ten in the doorway.

**Try it.** Have a colleague feed you a bowl of porridge with your eyes closed. What did you need to be told?`,
        },
      ],
    },
  ],
};
