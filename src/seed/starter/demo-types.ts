/**
 * What the demo accounts are and did. Times are relative (`…DaysAgo`, `…DaysAhead`), so that a fresh
 * database always shows somebody half-way through. The seeding code performs the deeds through the
 * services; nothing here states a result that a service computes.
 */

export interface DemoPreferences {
  readonly learningStyle: "visual" | "auditory" | "reading" | "kinesthetic";
  readonly collaborativeLearning: boolean;
  readonly timeCommitmentHoursWeek: string;
  readonly timelineMonths: number;
  readonly gamificationEnabled: boolean;
  readonly reminderEnabled: boolean;
  readonly preferredLanguages: readonly string[];
  readonly preferredContentFormat: DemoContentFormat;
  readonly contentFormats: readonly DemoContentFormat[];
  readonly preferredLearningTime: "morning" | "afternoon" | "evening" | "night";
  readonly themeMode: "light" | "dark" | "system";
  readonly aiPersonalizationOptIn: boolean;
  readonly privacyConsent: boolean;
}

export type DemoContentFormat = "video" | "text" | "audio" | "interactive" | "quiz" | "vr";

export interface DemoProfile {
  readonly headline: string;
  readonly gender: "male" | "female" | "other" | null;
  readonly dateOfBirth: string;
  readonly nationality: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly region: string;
  readonly location: string;
  readonly educationLevel: "class_10" | "class_12" | "diploma" | "degree" | "post_grad";
  readonly fieldOfStudy: string;
  readonly experienceYears: string;
  readonly targetRoles: string;
  readonly targetIndustries: readonly string[];
  readonly hasResources: boolean;
  readonly motivations: readonly string[];
  readonly comfortableSubjects: readonly string[];
}

export interface DemoEducation {
  readonly institution: string;
  readonly qualification: string;
  readonly specialization: string | null;
  readonly startYear: number;
  readonly endYear: number | null;
  readonly isCurrent: boolean;
  readonly gpa: string | null;
  readonly gpaScale: string;
  readonly achievements: string | null;
}

export interface DemoCertification {
  readonly name: string;
  readonly issuingOrg: string;
  readonly issuedOn: string;
  readonly expiresOn: string | null;
  readonly credentialId: string;
  readonly verificationStatus: "verified" | "pending" | "rejected";
}

/** Self-declared skill; `proficiencyLevel` 1 to 5. A name outside the catalogue stays unmatched on purpose. */
export interface DemoSkill {
  readonly skillName: string;
  readonly proficiencyLevel: number;
  readonly skillLevel: "beginner" | "intermediate" | "advanced" | "expert";
  readonly source: "onboarding" | "manual";
}

/** `priority` 1 (first) or 2; `skills` are names of the catalogue. */
export interface DemoGoal {
  readonly goalType: "learning" | "career" | "certification";
  readonly value: string;
  readonly priority: 1 | 2;
  readonly desiredRole: string | null;
  readonly desiredJobRoleSlug: string | null;
  readonly careerMotivation: string | null;
  readonly targetTimeline: string;
  readonly targetDaysAhead: number;
  readonly skills: readonly string[];
}

export interface DemoPsychographics {
  readonly learningMotivation: string;
  readonly learningStyle: "visual" | "auditory" | "reading" | "kinesthetic";
  readonly cognitivePattern: string;
  readonly engagementType: string;
  readonly gamificationPersona: "achiever" | "explorer" | "socializer" | "killer";
  readonly confidenceScore: string;
  readonly derivedFrom: "survey" | "ai" | "hybrid";
}

/**
 * An enrollment and how far it went. `completedTopics` counts from the first topic of the course;
 * `completeWithoutTopics` means the learner declared a course without topics complete.
 */
export interface DemoEnrollment {
  readonly courseId: string;
  readonly source: "recommendation" | "manual" | "career_path";
  readonly enrolledDaysAgo: number;
  readonly completedTopics: number;
  readonly completeWithoutTopics: boolean;
}

/** A started path; `completedMilestones` are sequences completed by the learner, courses excepted. */
export interface DemoCareerPath {
  readonly title: string;
  readonly startedDaysAgo: number;
  readonly targetDaysAhead: number;
  readonly completedMilestones: readonly number[];
}

/**
 * One person. `hasPassword` marks the documented accounts; the others cannot sign in.
 * `activeDaysAgo` are days with qualifying activity, oldest first, within the 72 hours that count;
 * today is left out, so that a visitor sees the streak at risk and can extend it.
 */
export interface DemoPerson {
  readonly username: string;
  readonly email: string;
  readonly fullName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: "student" | "teacher" | "admin";
  readonly language: string;
  readonly timezone: string;
  readonly hasPassword: boolean;
  readonly profile: DemoProfile | null;
  readonly preferences: DemoPreferences | null;
  readonly psychographics: DemoPsychographics | null;
  readonly education: readonly DemoEducation[];
  readonly certifications: readonly DemoCertification[];
  readonly skills: readonly DemoSkill[];
  readonly interests: readonly string[];
  readonly goals: readonly DemoGoal[];
  readonly careerPaths: readonly DemoCareerPath[];
  readonly enrollments: readonly DemoEnrollment[];
  readonly authoredCourses: readonly string[];
  readonly activeDaysAgo: readonly number[];
}
