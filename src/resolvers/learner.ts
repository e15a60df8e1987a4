import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Can } from "../auth/policy.js";
import type { profiles, users } from "../db/tables/index.js";
import { Bound, bounds } from "../graphql/bounds.js";
import type { Context } from "../graphql/context.js";
import { User } from "../schema/identity.js";
import { Certification } from "../schema/learner/certifications.js";
import { EducationRecord } from "../schema/learner/education.js";
import { LearnerGoal } from "../schema/learner/goals.js";
import { LearnerInterest } from "../schema/learner/interests.js";
import { LearnerProfile } from "../schema/learner/profile.js";
import { Psychographics } from "../schema/learner/psychographics.js";
import { SkillProficiency } from "../schema/learner/skills.js";

type ProfileRow = typeof profiles.$inferSelect;

@Resolver(() => User)
export class UserLearnerEdges {
  @Can("self")
  @FieldResolver(() => LearnerProfile, { nullable: true, description: "What the user tells about themselves; null while there is nothing." })
  profile(@Root() user: typeof users.$inferSelect, @Ctx() { loaders }: Context) {
    return loaders.profileByUser.load(user.id);
  }
}

@Resolver(() => LearnerProfile)
export class LearnerProfileEdges {
  @Bound(bounds.education)
  @Can("owner")
  @FieldResolver(() => [EducationRecord], { nullable: true, description: "Schools and colleges by year of beginning." })
  education(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.educationRecordsByUser.load(userId);
  }

  @Bound(bounds.proficiencies)
  @Can("owner")
  @FieldResolver(() => [SkillProficiency], { nullable: true, description: "Skills by name." })
  skills(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.skillProficienciesByUser.load(userId);
  }

  @Bound(bounds.goals)
  @Can("owner")
  @FieldResolver(() => [LearnerGoal], { nullable: true, description: "Goals by priority." })
  goals(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.goalsByUser.load(userId);
  }

  @Bound(bounds.interests)
  @Can("owner")
  @FieldResolver(() => [LearnerInterest], { nullable: true, description: "Interests in alphabetical order." })
  interests(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.interestsByUser.load(userId);
  }

  @Bound(bounds.certifications)
  @Can("owner")
  @FieldResolver(() => [Certification], { nullable: true, description: "Certificates by date of issue." })
  certifications(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.certificationsByUser.load(userId);
  }

  @Can("owner")
  @FieldResolver(() => Psychographics, { nullable: true, description: "How the learner learns; null when nobody asked or estimated." })
  psychographics(@Root() { userId }: ProfileRow, @Ctx() { loaders }: Context) {
    return loaders.psychographicsByUser.load(userId);
  }
}

/** How `node` finds rows of this domain; loaders leave out what the viewer may not see. */
export const learnerNodes = {
  Certification: "certificationById",
  EducationRecord: "educationRecordById",
  LearnerGoal: "goalById",
  LearnerInterest: "interestById",
  LearnerProfile: "profileById",
  Psychographics: "psychographicsById",
  SkillProficiency: "skillProficiencyById",
} as const;
