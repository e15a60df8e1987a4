import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../../auth/policy.js";
import type { userPreferences } from "../../db/tables/index.js";
import type { Context } from "../../graphql/context.js";
import { User, UserPreferences } from "../../schema/identity/user.js";
import { Certification } from "../../schema/learner/certifications.js";
import { EducationRecord } from "../../schema/learner/education.js";
import { LearnerGoal } from "../../schema/learner/goals.js";
import { LearnerInterest } from "../../schema/learner/interests.js";
import { CompleteOnboardingPayload, LearnerProfile } from "../../schema/learner/profile.js";
import { Psychographics } from "../../schema/learner/psychographics.js";
import { SkillProficiency } from "../../schema/learner/skills.js";

interface OwnedRow {
  userId: string;
}

@Resolver(() => LearnerProfile)
export class LearnerProfileUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "Whose profile it is." })
  user(@Root() { userId }: OwnedRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => EducationRecord)
export class EducationRecordUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "Whose education it is." })
  learner(@Root() { userId }: OwnedRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => SkillProficiency)
export class SkillProficiencyUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "Whose skill it is." })
  learner(@Root() { userId }: OwnedRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => LearnerGoal)
export class LearnerGoalUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "Whose goal it is." })
  learner(@Root() { userId }: OwnedRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => LearnerInterest)
export class LearnerInterestUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "Whose interest it is." })
  learner(@Root() { userId }: OwnedRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => Certification)
export class CertificationUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "Who holds the certificate." })
  learner(@Root() { userId }: OwnedRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => Psychographics)
export class PsychographicsUserEdges {
  @Can("owner")
  @FieldResolver(() => User, { nullable: true, description: "Whose persona it is." })
  learner(@Root() { userId }: OwnedRow, @Ctx() { loaders }: Context) {
    return loaders.userById.load(userId);
  }
}

@Resolver(() => CompleteOnboardingPayload)
export class CompleteOnboardingUserEdges {
  @Can("signedIn")
  @FieldResolver(() => UserPreferences, { nullable: true, description: "The preferences as they are now." })
  preferences(@Root() { preferences }: { preferences?: typeof userPreferences.$inferSelect }) {
    return preferences ?? null;
  }
}
