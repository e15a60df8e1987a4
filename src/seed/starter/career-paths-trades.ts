import type { StarterCareerPath } from "./types.js";

/** Paths into electrical work, patient care and farm advice. */
export const tradeAndCarePaths: readonly StarterCareerPath[] = [
  {
    title: "From Helper to Building Electrician", jobRoleSlug: "building-electrician",
    durationMonthsMin: 14, durationMonthsMax: 24, levelStart: "Class 8", levelEnd: "NSQF 4",
    milestones: [
      {
        sequence: 1, type: "onboarding", title: "Tools, tests and the off switch",
        description: "See a day on site and learn the one rule that keeps electricians alive: prove it dead.",
        durationWeeks: 1, providerSlug: null, level: null, resources: null,
        nextSteps: ["Buy a good tester", "Learn emergency numbers"], skills: ["Workplace Safety"],
      },
      {
        sequence: 2, type: "course", title: "Helper Electrician", courseId: "QG-02-CO-03950-2025-V2-CSDCI",
        description: "Begin as a helper who can be trusted with tools.",
        durationWeeks: 9, providerSlug: "csdci", level: "NSQF 2", resources: null,
        nextSteps: ["Name and care for every tool in the bag"], skills: ["Electrical Wiring", "Workplace Safety"],
      },
      {
        sequence: 3, type: "course", title: "Assistant Electrician", courseId: "QG-03-CO-03951-2025-V2-CSDCI",
        description: "Wire boards and test what you wired.",
        durationWeeks: 13, providerSlug: "csdci", level: "NSQF 3", resources: null,
        nextSteps: ["Draw each circuit before you touch it"], skills: ["Electrical Wiring", "Electrical Measurement"],
      },
      {
        sequence: 4, type: "internship", title: "Site year with a licensed contractor",
        description: "Work on at least two buildings, from first fix to hand-over.",
        durationWeeks: 26, providerSlug: null, level: "NSQF 3", resources: null,
        nextSteps: ["Keep a log signed by the supervisor"], skills: ["Electrical Wiring", "Teamwork"],
      },
      {
        sequence: 5, type: "course", title: "Construction Electrician-LV", courseId: "QG-04-CO-03952-2025-V2-CSDCI",
        description: "Take responsibility for whole circuits.",
        durationWeeks: 15, providerSlug: "csdci", level: "NSQF 4", resources: null,
        nextSteps: ["Practise reading one drawing a day"], skills: ["Earthing and Protection", "Reading Technical Drawings"],
      },
      {
        sequence: 6, type: "certification", title: "Electrician assessment and wireman's permit",
        description: "Pass the council's assessment, then ask your state's licensing board about the wireman's permit.",
        durationWeeks: 6, providerSlug: "csdci", level: "NSQF 4", resources: "Website of the state electrical inspectorate.",
        nextSteps: ["Collect your experience letters", "Apply for the permit"], skills: ["Electrical Wiring", "Earthing and Protection"],
      },
      {
        sequence: 7, type: "job", title: "Building Electrician",
        description: "Work for a contractor, a facility company or yourself.",
        durationWeeks: 4, providerSlug: null, level: "NSQF 4", resources: null,
        nextSteps: ["Print a card", "Ask each customer for a reference"], skills: ["Electrical Wiring", "Customer Service"],
        salaryInfo: "₹1.8–3.3 lakh a year (indicative)", companies: ["Larsen & Toubro", "Sterling and Wilson", "Urban Company", "Shapoorji Pallonji"],
      },
    ],
  },
  {
    title: "A Caring Career: Patient Care Assistant", jobRoleSlug: "patient-care-assistant",
    durationMonthsMin: 15, durationMonthsMax: 21, levelStart: "Class 10", levelEnd: "NSQF 4.5",
    milestones: [
      {
        sequence: 1, type: "onboarding", title: "Is care work for you?",
        description: "Spend a day with someone who needs help and notice how it feels for both of you.",
        durationWeeks: 1, providerSlug: null, level: null, resources: null,
        nextSteps: ["Talk to a working assistant", "Check your vaccinations"], skills: ["Empathy"],
      },
      {
        sequence: 2, type: "course", title: "Emergency Care Assistant", courseId: "QG-3.5-HE-03616-2025-V2-HSSC",
        description: "Keep calm and useful when something is wrong.",
        durationWeeks: 36, providerSlug: "hssc", level: "NSQF 3.5", resources: null,
        nextSteps: ["Practise chest compressions every month"], skills: ["First Aid", "Patient Care"],
      },
      {
        sequence: 3, type: "course", title: "General Duty Assistant - Advanced", courseId: "QG-4.5-HE-04219-2025-V2-HSSC",
        description: "The ward in full: hygiene, observation, comfort, records.",
        durationWeeks: 30, providerSlug: "hssc", level: "NSQF 4.5", resources: null,
        nextSteps: ["Learn normal ranges by heart", "Ask nurses for feedback"], skills: ["Patient Care", "Vital Signs Monitoring", "Infection Control"],
      },
      {
        sequence: 4, type: "internship", title: "Ward practice",
        description: "Supervised shifts on at least two wards.",
        durationWeeks: 12, providerSlug: null, level: "NSQF 4.5", resources: null,
        nextSteps: ["Keep a reflective diary without patients' names"], skills: ["Patient Care", "Teamwork"],
      },
      {
        sequence: 5, type: "certification", title: "General Duty Assistant assessment",
        description: "A theory paper and skill stations.",
        durationWeeks: 2, providerSlug: "hssc", level: "NSQF 4.5", resources: null,
        nextSteps: ["Practise each station with a partner"], skills: ["Patient Care", "Infection Control"],
      },
      {
        sequence: 6, type: "job", title: "Patient Care Assistant",
        description: "Hospitals, hospices and home-care firms hire throughout the year.",
        durationWeeks: 4, providerSlug: null, level: "NSQF 4.5", resources: null,
        nextSteps: ["Ask about shifts, transport and vaccination before you sign"], skills: ["Patient Care", "Empathy"],
        salaryInfo: "₹1.44–2.64 lakh a year (indicative)", companies: ["Apollo Hospitals", "Fortis Healthcare", "Manipal Hospitals", "Portea Medical"],
      },
    ],
  },
  {
    title: "From Field to Field Officer", jobRoleSlug: "agriculture-field-officer",
    durationMonthsMin: 9, durationMonthsMax: 15, levelStart: "Class 12", levelEnd: "NSQF 4",
    milestones: [
      {
        sequence: 1, type: "onboarding", title: "Walk ten farms",
        description: "Visit ten farms in your block and listen more than you speak.",
        durationWeeks: 2, providerSlug: null, level: null, resources: null,
        nextSteps: ["Note crops, soils and worries", "Thank every farmer"], skills: ["Communication"],
      },
      {
        sequence: 2, type: "course", title: "Plant Nursery Associate", courseId: "QG-03-AG-02605-2024-V2-ASCI",
        description: "Learn how a plant begins.",
        durationWeeks: 9, providerSlug: "asci", level: "NSQF 3", resources: null,
        nextSteps: ["Raise a tray of seedlings at home"], skills: ["Nursery Raising", "Irrigation"],
      },
      {
        sequence: 3, type: "course", title: "Organic Grower", courseId: "QG-04-AG-03540-2025-V2-ASCI",
        description: "Grow a crop without synthetic inputs and keep the records.",
        durationWeeks: 13, providerSlug: "asci", level: "NSQF 4", resources: null,
        nextSteps: ["Make one heap of compost and measure it weekly"], skills: ["Organic Farming", "Soil Health Management"],
      },
      {
        sequence: 4, type: "course", title: "Agriculture Field Officer", courseId: "QG-04-AG-03553-2025-V2-ASCI",
        description: "Turn knowledge into advice that a farmer can afford.",
        durationWeeks: 13, providerSlug: "asci", level: "NSQF 4", resources: null,
        nextSteps: ["Hold one small meeting with a demonstration"], skills: ["Farm Advisory", "Pest Management"],
      },
      {
        sequence: 5, type: "internship", title: "One season with a producer company",
        description: "Advise and record for a farmer producer organisation or input company.",
        durationWeeks: 16, providerSlug: null, level: "NSQF 4", resources: null,
        nextSteps: ["Write a one-page report every fortnight"], skills: ["Farm Advisory", "Record Keeping"],
      },
      {
        sequence: 6, type: "certification", title: "Agriculture Field Officer assessment",
        description: "The council's theory and field examination.",
        durationWeeks: 2, providerSlug: "asci", level: "NSQF 4", resources: null,
        nextSteps: ["Revise local crop calendars"], skills: ["Farm Advisory", "Soil Health Management"],
      },
      {
        sequence: 7, type: "job", title: "Agriculture Field Officer",
        description: "Producer organisations, input firms and lenders employ field staff.",
        durationWeeks: 6, providerSlug: null, level: "NSQF 4", resources: null,
        nextSteps: ["Show your season's reports"], skills: ["Farm Advisory", "Communication"],
        salaryInfo: "₹1.92–3.36 lakh a year (indicative)", companies: ["ITC", "DeHaat", "UPL", "Mahindra Agri Solutions"],
      },
    ],
  },
];
