import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Can } from "../../auth/policy.js";
import { signedIn } from "../../auth/viewer.js";
import type { Context } from "../../graphql/context.js";
import {
  BuyStreakFreezeInput, BuyStreakFreezePayload, RecordActivityInput, RecordActivityPayload, RepairStreakInput,
  RepairStreakPayload, UpdateStreakSettingsInput, UpdateStreakSettingsPayload,
} from "../../schema/streaks/mutations.js";
import { recordActivity } from "../../services/streaks/activity.js";
import { buyStreakFreeze, repairStreak } from "../../services/streaks/purchases.js";
import { updateStreakSettings } from "../../services/streaks/settings.js";

@Resolver()
export class StreakMutations {
  @Can("signedIn")
  @Mutation(() => RecordActivityPayload, {
    description: "Reports learning on a device, perhaps offline, for the streak. Older than 72 hours it counts for no day (TOO_LATE).",
  })
  recordActivity(
    @Arg("input", () => RecordActivityInput, { description: "What happened, and when." }) input: RecordActivityInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return recordActivity(signedIn(viewer), db, input);
  }

  @Can("signedIn")
  @Mutation(() => BuyStreakFreezePayload, { description: "Buys a freeze for 200 points. At most two can be held (CONFLICT)." })
  buyStreakFreeze(
    @Arg("input", () => BuyStreakFreezeInput, { description: "The purchase." }) input: BuyStreakFreezeInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return buyStreakFreeze(signedIn(viewer), db, input);
  }

  @Can("signedIn")
  @Mutation(() => RepairStreakPayload, {
    description: "Covers the days missed, for 300 points each: at most two, within 48 hours of the end of the first, once in 30 days.",
  })
  repairStreak(
    @Arg("input", () => RepairStreakInput, { description: "What to repair." }) input: RepairStreakInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return repairStreak(signedIn(viewer), db, input);
  }

  @Can("signedIn")
  @Mutation(() => UpdateStreakSettingsPayload, { description: "Changes when days begin and end, days of rest, and how freezes are spent." })
  updateStreakSettings(
    @Arg("input", () => UpdateStreakSettingsInput, { description: "The settings to change." }) input: UpdateStreakSettingsInput,
    @Ctx() { viewer, db }: Context,
  ) {
    return updateStreakSettings(signedIn(viewer), db, input);
  }
}
