/**
 * Who sees a field of a row that they may fetch: everyone (`row`), everyone signed in, the owner and
 * admins, the author of the course and admins, those who may read what is taught, or those for whom a
 * field named `my…` holds something. An edge leads on only to rows that are visible themselves.
 */
export type Audience = "row" | "signedIn" | "owner" | "staff" | "reads" | "mine";
export type FieldsByAudience = Partial<Record<Audience, string>>;

export const expectedFields: Readonly<Record<string, FieldsByAudience>> = {
  AssessmentResult: {
    row: `id assessedAt assessedBy assessor attempt course createdAt feedback maxScore result score skill title
      updatedAt user`,
  },
  AuditLog: {
    row: `id action actor actorLabel createdAt entityId entityKey entityType errorMessage ipAddress isSuccess module
      newValues oldValues sessionId subject userAgent`,
  },
  AuthSession: { row: "id createdAt expiresAt ipAddress userAgent", owner: "isCurrent" },
  Badge: { row: "id code createdAt criteria description iconUrl isActive name pointsReward rarity updatedAt" },
  CareerPath: {
    row: "id createdAt durationMonthsMax durationMonthsMin isTemplate jobRole levelEnd levelStart milestones title updatedAt",
    signedIn: "learners",
    mine: "myCareerPath",
  },
  Certification: {
    row: "id createdAt credentialId credentialUrl expiresOn issuedOn issuingOrg name updatedAt verificationStatus",
    owner: "learner",
  },
  ContentProgress: {
    row: "id completedAt course createdAt lastAccessedAt module progressPercent status topic updatedAt user",
  },
  Course: {
    row: `id changesSince completionRate completionRule courseId courseNumber createdAt credits description
      durationMonths enrollmentCount keywords language metadata milestones modules notionalHours nsqfLevel
      prerequisiteOf prerequisites provider quizzes region skills status title topics updatedAt version versions`,
    signedIn: "createdBy",
    staff: "archivedModules archivedTopics enrollments sourceFiles",
    mine: "myEnrollment myProgress",
  },
  CourseVersion: { row: "id course createdAt outline publishedAt version", signedIn: "publishedBy" },
  EducationRecord: {
    row: `id achievements createdAt endYear gpa gpaScale institution isCurrent qualification specialization startYear
      updatedAt`,
    owner: "learner",
  },
  Enrollment: {
    row: `id completedAt contentProgress course courseVersion createdAt enrolledAt progressPercent source startedAt
      status updatedAt user`,
    reads: "progressSummary whyIncomplete",
    owner: "learnerCareerPath",
  },
  Job: {
    row: "id attempts completedAt createdAt error errorCode jobId jobType message progress result startedAt status updatedAt",
    owner: "course createdBy events sourceFiles",
  },
  JobEvent: { row: "id createdAt message progress status" },
  JobRole: {
    row: `id careerPaths createdAt demandLevel description industry salaryCurrency salaryMaxMinor salaryMinMinor
      salaryPeriod skills slug title typicalSalaryRange updatedAt`,
  },
  LearnerCareerPath: {
    row: "id completedAt createdAt matchScore startedAt status targetCompletionAt updatedAt",
    owner: "careerPath enrollments jobRole milestones user",
  },
  LearnerGoal: {
    row: `id careerMotivation createdAt desiredRole goalType lastReviewedAt priority progressPercent targetDate
      targetSkillsNote targetTimeline updatedAt value`,
    owner: "desiredJobRole learner targetSkills",
  },
  LearnerInterest: { row: "id createdAt interest updatedAt", owner: "learner" },
  LearnerProfile: {
    row: `id addressLine1 addressLine2 city comfortableSubjects country createdAt dateOfBirth educationLevel
      experienceYears fieldOfStudy gender hasResources headline location motivations nationality
      onboardingCompletedAt onboardingDraft region state targetIndustries targetRoles updatedAt`,
    owner: "certifications education goals interests psychographics skills user",
  },
  MilestoneCompletion: {
    row: "id completedAt createdAt progressPercent status updatedAt",
    owner: "learnerCareerPath milestone user",
  },
  Module: {
    row: "id course createdAt description learningObjectives orderIndex quizzes title topics updatedAt week",
    mine: "myProgress",
  },
  NsqfLevel: { row: "id courses createdAt description level typicalEntry updatedAt" },
  PathMilestone: {
    row: `id careerPath companies course createdAt description durationWeeks level nextSteps provider resources
      salaryInfo sequence skills title type updatedAt`,
    mine: "myCompletion",
  },
  PointsTransaction: { row: "id amount balanceAfter createdAt note reason", owner: "entityId user" },
  ProgressMetric: {
    row: "id aggregationType metricData metricType metricValue recordedAt subjectArea timePeriod",
    owner: "user",
  },
  Provider: { row: "id courses createdAt isNsqfAligned milestones name region slug updatedAt websiteUrl" },
  Psychographics: {
    row: `id cognitivePattern confidenceScore createdAt derivedFrom engagementType gamificationPersona
      learningMotivation learningStyle updatedAt`,
    owner: "learner",
  },
  Quiz: {
    row: `id archivedAt course createdAt description maxAttempts module passingScore questionCount questions quizId quizType
      timeLimitMinutes title updatedAt`,
    signedIn: "attempts myAttempts",
    staff: "itemAnalysis",
    mine: "myOpenAttempt",
  },
  QuizAttempt: {
    row: `id attemptNumber correctAnswers createdAt dueAt passed quiz remainingSeconds results score startedAt status
      submittedAt timeTakenSeconds totalQuestions updatedAt user`,
    owner: "answers",
  },
  QuizQuestion: {
    row: "id createdAt difficulty options questionNumber questionText quiz skill updatedAt",
    reads: "correctAnswer explanation",
    staff: "sourceFile sourcePage",
  },
  Skill: {
    row: "id aliases category courses createdAt jobRoles keywords milestones name updatedAt",
    mine: "myMastery",
  },
  SkillMastery: { row: "id createdAt lastUpdatedAt level source updatedAt", owner: "skill user" },
  SkillProficiency: {
    row: "id createdAt endorsedBy lastValidatedAt proficiencyLevel proficiencyScore skillLevel skillName source updatedAt",
    owner: "learner skill",
  },
  SourceFile: {
    row: `id course createdAt downloadUrl expiresAt fileId fileSizeBytes fileType filename job status updatedAt
      uploadedAt uploadedBy`,
  },
  Streak: {
    row: `id autoFreeze brokenLength brokenOn createdAt currentStreak dayStartHour expiresAt freezesAvailable
      lastActivityDate longestStreak nextMilestone nextRestDays repairCost repairDates repairableUntil restDays
      restDaysFrom settledThrough status streakStartedOn timezone updatedAt version`,
    owner: "activities freezes milestonesReached user",
  },
  StreakActivity: {
    row: "id activityCount activityDate createdAt kind minutesSpent occurredAt pointsEarned timezone updatedAt",
    owner: "streak",
  },
  StreakFreeze: { row: "id createdAt expiresAt grantedAt grantedReason status updatedAt usedForDate", owner: "streak" },
  StreakMilestone: { row: "id badge createdAt days freezeReward pointsReward title updatedAt" },
  StreakMilestoneReached: { row: "id createdAt reachedOn runStartedOn", owner: "milestone streak" },
  Topic: {
    row: "id createdAt estimatedMinutes module orderIndex title updatedAt",
    reads: "content contentHtml",
    mine: "myProgress",
  },
  User: {
    row: `id assessmentResults createdCourses enrollments fullName headline profilePictureUrl quizAttempts
      username`,
    owner: `careerPaths contacts createdAt deletedAt email externalId firstName isActive jobs language lastActiveAt
      lastLoginAt lastName phone points preferences profile progressMetrics role sessions signInProviders
      skillMastery sourceFiles status streak timezone updatedAt`,
  },
  UserContact: { row: "id createdAt isPrimary kind updatedAt value verifiedAt" },
  UserPoints: { row: "id createdAt lastEarnedAt level updatedAt xpPoints", owner: "transactions user weeklyPoints" },
  UserPreferences: {
    row: `id accessibilityNeeds aiPersonalizationOptIn collaborativeLearning contentFormats createdAt extra
      gamificationEnabled learningStyle preferredContentFormat preferredLanguages preferredLearningTime
      privacyConsent privacyConsentAt reminderEnabled themeMode timeCommitmentHoursWeek timelineMonths updatedAt`,
    owner: "user",
  },
};

/** Types without an id of their own: whoever sees the field that holds one sees all of it. */
export const expectedParts: Readonly<Record<string, string>> = {
  CompletionRule: "description kind liveTopics",
  CourseSkill: "course isPrimary skill",
  IncompleteReason: "code message module openTopics topics",
  JobRoleSkill: "jobRole requiredLevel skill weight",
  NextStreakMilestone: "days milestone remaining",
  OnboardingDraft: `collaborativeLearning comfortableSubjects contact education fieldOfStudy fullName gamification
    hasResources interests learningGoals learningStyle learningTypes motivations proficiencies reminders skills
    targetIndustries targetRoles timeCommitment timeline`,
  OnboardingGoal: "goalType value",
  OnboardingSkillRating: "level skillName",
  OptionCount: "count letter",
  OutlineChange: "after before item itemId kind",
  ProgressSummary: "completedModules completedTopics liveModules liveTopics",
  QuestionStatistics: "discrimination optionCounts pValue question questionNumber unanswered",
  QuizAnswer: "answer question questionNumber",
  QuizItemAnalysis: "items sampleSize",
  QuizOption: "letter text",
  SignInProvider: "createdAt email provider",
};

/** What subscriptions send; each is for one viewer alone, and its rows are theirs. */
export const expectedUpdates: Readonly<Record<string, string>> = {
  EnrollmentUpdate: "enrollments kind seq",
  JobUpdate: "job kind seq",
  MyJobsUpdate: "jobs kind seq",
  StreakUpdate: "kind milestonesReached seq streak",
};

/**
 * Fields whose value depends on who asks, or when, and lists of what nobody finds by its id any more; only whether
 * there is a value is compared.
 */
export const differByViewer = ["AuthSession.isCurrent", "Course.archivedModules", "Course.archivedTopics", "Quiz.myAttempts", "SourceFile.downloadUrl"];

/** Fields that no row of the world can fill, and why. */
export const neverFilled: Readonly<Record<string, string>> = {
  "LearnerCareerPath.completedAt": "the path is under way, because only one unfinished try can be",
  "MilestoneCompletion.completedAt": "the milestone is under way",
  "QuizAttempt.dueAt": "the open attempt is at a quiz without a limit",
  "QuizAttempt.remainingSeconds": "the open attempt is at a quiz without a limit",
  "Streak.repairDates": "a streak that is kept needs no repair",
  "Streak.repairableUntil": "a streak that is kept needs no repair",
};
