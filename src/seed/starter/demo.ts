import type { DemoPerson } from "./demo-types.js";

const PYTHON_BASICS = "NM-03-IT-03801-2025-V1-NIELIT";
const WEB_DEVELOPER = "QG-04-IT-03650-2025-V2-NASSCOM";
const CYBERSECURITY = "NG-4.5-IT-03790-2025-V1-NASSCOM";
const DIGITAL_LITERACY = "NM-2.5-ET-02919-2024-V1-MEPSC";

const nothingDeclared = {
  profile: null,
  preferences: null,
  psychographics: null,
  education: [],
  certifications: [],
  skills: [],
  interests: [],
  goals: [],
  careerPaths: [],
  enrollments: [],
  authoredCourses: [],
  activeDaysAgo: [],
} as const satisfies Partial<DemoPerson>;

const demoLearner: DemoPerson = {
  username: "demo_learner",
  email: "learner@disha.example",
  fullName: "Asha Kulkarni",
  firstName: "Asha",
  lastName: "Kulkarni",
  role: "student",
  language: "en",
  timezone: "Asia/Kolkata",
  hasPassword: true,
  profile: {
    headline: "Commerce student on the way to web development",
    gender: "female",
    dateOfBirth: "2004-08-17",
    nationality: "Indian",
    city: "Nagpur",
    state: "Maharashtra",
    country: "India",
    region: "Maharashtra",
    location: "Nagpur, Maharashtra",
    educationLevel: "class_12",
    fieldOfStudy: "Commerce",
    experienceYears: "0.50",
    targetRoles: "Junior Web Developer",
    targetIndustries: ["Information Technology", "Retail"],
    hasResources: true,
    motivations: ["A first job in technology", "Working near home"],
    comfortableSubjects: ["Mathematics", "English"],
  },
  preferences: {
    learningStyle: "kinesthetic",
    collaborativeLearning: true,
    timeCommitmentHoursWeek: "8.00",
    timelineMonths: 12,
    gamificationEnabled: true,
    reminderEnabled: true,
    preferredLanguages: ["mr", "hi", "en"],
    preferredContentFormat: "interactive",
    contentFormats: ["interactive", "text", "video"],
    preferredLearningTime: "evening",
    themeMode: "dark",
    aiPersonalizationOptIn: true,
    privacyConsent: true,
  },
  psychographics: {
    learningMotivation: "Seeing something work at the end of the evening",
    learningStyle: "kinesthetic",
    cognitivePattern: "Builds first, reads afterwards",
    engagementType: "Short daily sessions",
    gamificationPersona: "achiever",
    confidenceScore: "0.8000",
    derivedFrom: "survey",
  },
  education: [
    {
      institution: "Junior College of Commerce, Nagpur", qualification: "Class 12", specialization: "Commerce",
      startYear: 2020, endYear: 2022, isCurrent: false, gpa: "7.80", gpaScale: "10.00", achievements: "Best project at the school fair",
    },
    {
      institution: "RTM Nagpur University", qualification: "Bachelor of Commerce", specialization: null,
      startYear: 2022, endYear: null, isCurrent: true, gpa: null, gpaScale: "10.00", achievements: null,
    },
  ],
  certifications: [
    {
      name: "Course on Computer Concepts", issuingOrg: "NIELIT", issuedOn: "2023-02-11", expiresOn: null,
      credentialId: "DEMO-CCC-0001", verificationStatus: "verified",
    },
    {
      name: "Introduction to Web Pages", issuingOrg: "Community Digital Centre, Nagpur", issuedOn: "2024-06-30", expiresOn: "2029-06-30",
      credentialId: "DEMO-WEB-0042", verificationStatus: "pending",
    },
  ],
  skills: [
    { skillName: "Spreadsheets", proficiencyLevel: 3, skillLevel: "intermediate", source: "onboarding" },
    { skillName: "HTML", proficiencyLevel: 2, skillLevel: "beginner", source: "onboarding" },
    { skillName: "Communication", proficiencyLevel: 4, skillLevel: "advanced", source: "onboarding" },
    { skillName: "Rangoli design", proficiencyLevel: 4, skillLevel: "advanced", source: "manual" },
  ],
  interests: ["Web design", "Open data", "Local history"],
  goals: [
    {
      goalType: "career", value: "Work as a junior web developer within a year", priority: 1,
      desiredRole: "Junior Web Developer", desiredJobRoleSlug: "junior-web-developer",
      careerMotivation: "Steady work that can be done from Nagpur", targetTimeline: "12 months", targetDaysAhead: 300,
      skills: ["HTML and CSS", "JavaScript", "Git"],
    },
    {
      goalType: "learning", value: "Finish and publish a site for the family shop", priority: 2,
      desiredRole: null, desiredJobRoleSlug: null, careerMotivation: null, targetTimeline: "3 months", targetDaysAhead: 75,
      skills: ["HTML and CSS", "Responsive Design"],
    },
  ],
  careerPaths: [
    { title: "From First Program to Junior Web Developer", startedDaysAgo: 60, targetDaysAhead: 300, completedMilestones: [1] },
  ],
  enrollments: [
    { courseId: DIGITAL_LITERACY, source: "recommendation", enrolledDaysAgo: 75, completedTopics: 0, completeWithoutTopics: true },
    { courseId: PYTHON_BASICS, source: "career_path", enrolledDaysAgo: 58, completedTopics: 6, completeWithoutTopics: false },
    { courseId: WEB_DEVELOPER, source: "career_path", enrolledDaysAgo: 30, completedTopics: 4, completeWithoutTopics: false },
    { courseId: CYBERSECURITY, source: "manual", enrolledDaysAgo: 1, completedTopics: 0, completeWithoutTopics: false },
  ],
  authoredCourses: [],
  activeDaysAgo: [2, 1],
};

const demoTeacher: DemoPerson = {
  ...nothingDeclared,
  username: "demo_teacher",
  email: "teacher@disha.example",
  fullName: "Ravi Menon",
  firstName: "Ravi",
  lastName: "Menon",
  role: "teacher",
  language: "en",
  timezone: "Asia/Kolkata",
  hasPassword: true,
  authoredCourses: [PYTHON_BASICS, WEB_DEVELOPER],
};

const demoAdmin: DemoPerson = {
  ...nothingDeclared,
  username: "demo_admin",
  email: "admin@disha.example",
  fullName: "Farah Siddiqui",
  firstName: "Farah",
  lastName: "Siddiqui",
  role: "admin",
  language: "en",
  timezone: "Asia/Kolkata",
  hasPassword: true,
};

const otherLearners: readonly DemoPerson[] = [
  {
    ...nothingDeclared,
    username: "meera_nair",
    email: "meera@disha.example",
    fullName: "Meera Nair",
    firstName: "Meera",
    lastName: "Nair",
    role: "student",
    language: "en",
    timezone: "Asia/Kolkata",
    hasPassword: false,
    interests: ["Data", "Cricket"],
    enrollments: [
      { courseId: PYTHON_BASICS, source: "manual", enrolledDaysAgo: 40, completedTopics: 6, completeWithoutTopics: false },
      { courseId: WEB_DEVELOPER, source: "manual", enrolledDaysAgo: 35, completedTopics: 7, completeWithoutTopics: false },
    ],
  },
  {
    ...nothingDeclared,
    username: "imran_ansari",
    email: "imran@disha.example",
    fullName: "Imran Ansari",
    firstName: "Imran",
    lastName: "Ansari",
    role: "student",
    language: "hi",
    timezone: "Asia/Kolkata",
    hasPassword: false,
    interests: ["Solar energy"],
    enrollments: [
      { courseId: PYTHON_BASICS, source: "manual", enrolledDaysAgo: 33, completedTopics: 6, completeWithoutTopics: false },
      { courseId: WEB_DEVELOPER, source: "recommendation", enrolledDaysAgo: 12, completedTopics: 1, completeWithoutTopics: false },
    ],
  },
];

/** The people of a demo database: three documented accounts, then two learners nobody can sign in as. */
export const demoPeople: readonly DemoPerson[] = [demoLearner, demoTeacher, demoAdmin, ...otherLearners];
