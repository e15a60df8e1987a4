import type { StarterSkill } from "./types.js";

/** Soft and foundational skills that every sector asks for. */
export const coreSkills: readonly StarterSkill[] = [
  { name: "Communication", category: "soft", keywords: ["speaking", "listening"], aliases: ["Communication skills", "Verbal communication"] },
  { name: "Teamwork", category: "soft", keywords: ["collaboration"], aliases: ["Team work", "Working in a team"] },
  { name: "Customer Service", category: "soft", keywords: ["customers", "complaints"], aliases: ["Customer care", "Customer handling", "Client service"] },
  { name: "Problem Solving", category: "soft", keywords: ["analysis", "decisions"], aliases: ["Problem-solving", "Troubleshooting"] },
  { name: "Time Management", category: "soft", keywords: ["planning", "deadlines"], aliases: ["Punctuality", "Planning and organising"] },
  { name: "Empathy", category: "soft", keywords: ["care", "listening"], aliases: ["Compassion", "Caring attitude"] },
  { name: "Leadership", category: "soft", keywords: ["team", "supervision"], aliases: ["Team leadership", "Supervision"] },
  { name: "Selling", category: "soft", keywords: ["sales", "persuasion"], aliases: ["Sales", "Sales skills", "Retail selling"] },
  { name: "Attention to Detail", category: "soft", keywords: ["accuracy", "quality"], aliases: ["Accuracy", "Detail oriented"] },
  { name: "Entrepreneurship", category: "soft", keywords: ["business", "self-employment"], aliases: ["Self-employment", "Starting a business"] },
  { name: "Digital Literacy", category: "foundational", keywords: ["computer", "internet"], aliases: ["Basic computer skills", "Computer basics", "MS Office"] },
  { name: "Typing and Data Entry", category: "foundational", keywords: ["keyboard", "records"], aliases: ["Typing", "Data entry"] },
  { name: "Numeracy", category: "foundational", keywords: ["arithmetic", "measurement"], aliases: ["Basic maths", "Arithmetic"] },
  { name: "Spoken English", category: "foundational", keywords: ["english", "language"], aliases: ["English speaking", "Basic English"] },
  { name: "Financial Literacy", category: "foundational", keywords: ["savings", "loans", "digital payments"], aliases: ["Money management", "Personal finance"] },
  { name: "Workplace Safety", category: "foundational", keywords: ["safety", "protective equipment"], aliases: ["Occupational safety", "Health and safety", "Safety"] },
  { name: "Record Keeping", category: "foundational", keywords: ["registers", "documentation"], aliases: ["Documentation", "Report writing"] },
  { name: "Reading Technical Drawings", category: "foundational", keywords: ["drawing", "plans"], aliases: ["Blueprint reading", "Drawing reading"] },
  { name: "Personal Hygiene and Grooming", category: "foundational", keywords: ["hygiene", "appearance"], aliases: ["Grooming", "Personal hygiene"] },
  { name: "Environmental Awareness", category: "foundational", keywords: ["waste", "resources"], aliases: ["Green practices", "Sustainability"] },
];
