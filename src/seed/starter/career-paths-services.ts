import type { StarterCareerPath } from "./types.js";

/** Paths into retail, warehousing and hotels. */
export const servicePaths: readonly StarterCareerPath[] = [
  {
    title: "Shop Floor to Retail Sales Executive", jobRoleSlug: "retail-sales-executive",
    durationMonthsMin: 6, durationMonthsMax: 10, levelStart: "Class 10", levelEnd: "NSQF 4",
    milestones: [
      {
        sequence: 1, type: "onboarding", title: "A day as a customer",
        description: "Visit five shops and note what made you stay or leave.",
        durationWeeks: 1, providerSlug: null, level: null, resources: null,
        nextSteps: ["Write down the best greeting you heard"], skills: ["Customer Service"],
      },
      {
        sequence: 2, type: "course", title: "Retail Sales Assistant", courseId: "QG-03-OR-03322-2024-V2-RASCI",
        description: "Serve shoppers and keep the floor in order.",
        durationWeeks: 13, providerSlug: "rasci", level: "NSQF 3", resources: null,
        nextSteps: ["Practise explaining three products"], skills: ["Selling", "Customer Service"],
      },
      {
        sequence: 3, type: "course", title: "Retail Sales Executive", courseId: "QG-04-OR-02874-2024-V1-RASCI",
        description: "Own a category and its figures.",
        durationWeeks: 16, providerSlug: "rasci", level: "NSQF 4", resources: null,
        nextSteps: ["Follow one product's stock for a month"], skills: ["Selling", "Inventory Management"],
      },
      {
        sequence: 4, type: "internship", title: "On-the-job training in a store",
        description: "Work festival weeks or weekends on a real floor.",
        durationWeeks: 8, providerSlug: null, level: "NSQF 4", resources: null,
        nextSteps: ["Ask for your sales figures weekly"], skills: ["Selling", "Teamwork"],
      },
      {
        sequence: 5, type: "certification", title: "Retail Sales Executive assessment",
        description: "Theory, role play and product knowledge.",
        durationWeeks: 2, providerSlug: "rasci", level: "NSQF 4", resources: null,
        nextSteps: ["Rehearse handling a complaint"], skills: ["Selling", "Customer Service"],
      },
      {
        sequence: 6, type: "job", title: "Retail Sales Executive",
        description: "Chains hire before festivals; apply two months ahead.",
        durationWeeks: 4, providerSlug: null, level: "NSQF 4", resources: null,
        nextSteps: ["Carry references from your training store"], skills: ["Selling", "Communication"],
        salaryInfo: "₹1.56–2.76 lakh a year (indicative)", companies: ["Reliance Retail", "Tata Trent", "Shoppers Stop", "Croma"],
      },
    ],
  },
  {
    title: "Packing Line to Warehouse Supervisor", jobRoleSlug: "warehouse-supervisor",
    durationMonthsMin: 18, durationMonthsMax: 30, levelStart: "Class 12", levelEnd: "NSQF 5",
    milestones: [
      {
        sequence: 1, type: "onboarding", title: "See the flow",
        description: "Watch goods move from truck to shelf to truck and draw the flow on one page.",
        durationWeeks: 1, providerSlug: null, level: null, resources: null,
        nextSteps: ["Spot three hazards", "Learn what an e-way bill is for"], skills: ["Workplace Safety"],
      },
      {
        sequence: 2, type: "course", title: "Courier Associate - Operations", courseId: "QG-03-TW-00238-2023-V1-LSC",
        description: "Scan, sort and deliver without errors.",
        durationWeeks: 13, providerSlug: "lsc", level: "NSQF 3", resources: null,
        nextSteps: ["Count your own error rate"], skills: ["Parcel Handling", "Time Management"],
      },
      {
        sequence: 3, type: "course", title: "Forklift Operator/Driver", courseId: "QG-03-AU-03594-2025-V2-ASDC",
        description: "Move heavy loads without hurting anyone.",
        durationWeeks: 9, providerSlug: "asdc", level: "NSQF 3", resources: null,
        nextSteps: ["Learn to read a load plate"], skills: ["Forklift Operation"],
      },
      {
        sequence: 4, type: "course", title: "Claims coordinator - Warehouse", courseId: "QG-04-TW-03635-2025-V2-LSC",
        description: "Handle the papers that follow the goods.",
        durationWeeks: 14, providerSlug: "lsc", level: "NSQF 4", resources: null,
        nextSteps: ["Trace one claim from start to end"], skills: ["Logistics Documentation", "Record Keeping"],
      },
      {
        sequence: 5, type: "internship", title: "Night and day shifts",
        description: "Rotate through receiving, storage, picking and dispatch.",
        durationWeeks: 16, providerSlug: null, level: "NSQF 4", resources: null,
        nextSteps: ["Ask for a week in each section"], skills: ["Warehouse Operations", "Teamwork"],
      },
      {
        sequence: 6, type: "course", title: "Warehouse Supervisor", courseId: "QG-05-TW-00235-2023-V1-LSC",
        description: "Learn to run the shift.",
        durationWeeks: 20, providerSlug: "lsc", level: "NSQF 5", resources: null,
        nextSteps: ["Lead one stock count"], skills: ["Warehouse Operations", "Inventory Management", "Leadership"],
      },
      {
        sequence: 7, type: "certification", title: "Warehouse Supervisor assessment",
        description: "Theory and a practical shift plan.",
        durationWeeks: 2, providerSlug: "lsc", level: "NSQF 5", resources: null,
        nextSteps: ["Prepare a plan for a peak day"], skills: ["Warehouse Operations", "Leadership"],
      },
      {
        sequence: 8, type: "job", title: "Warehouse Supervisor",
        description: "Third-party logistics and online retail hire supervisors in every large town.",
        durationWeeks: 6, providerSlug: null, level: "NSQF 5", resources: null,
        nextSteps: ["Bring figures: accuracy, hours, injuries avoided"], skills: ["Leadership", "Inventory Management"],
        salaryInfo: "₹2.64–4.56 lakh a year (indicative)", companies: ["Delhivery", "Flipkart", "Mahindra Logistics", "TCI Supply Chain Solutions"],
      },
    ],
  },
  {
    title: "Welcome Desk: Front Office Associate", jobRoleSlug: "front-office-associate",
    durationMonthsMin: 8, durationMonthsMax: 14, levelStart: "Class 12", levelEnd: "NSQF 4",
    milestones: [
      {
        sequence: 1, type: "onboarding", title: "First impressions",
        description: "Practise a greeting in three languages and ask people how it felt.",
        durationWeeks: 1, providerSlug: null, level: null, resources: null,
        nextSteps: ["Record yourself", "Learn one new phrase a day"], skills: ["Communication"],
      },
      {
        sequence: 2, type: "course", title: "Fundamentals of Digital Literacy (Office Applications)", courseId: "NM-2.5-ET-02919-2024-V1-MEPSC",
        description: "The desk runs on a computer; be at home on it.",
        durationWeeks: 2, providerSlug: "mepsc", level: "NSQF 2.5", resources: null,
        nextSteps: ["Type for ten minutes a day"], skills: ["Digital Literacy"],
      },
      {
        sequence: 3, type: "course", title: "Housekeeping Assistant", courseId: "QG-03-TH-02018-2024-V1-THSC",
        description: "Know the rooms before you sell them.",
        durationWeeks: 12, providerSlug: "thsc", level: "NSQF 3", resources: null,
        nextSteps: ["Inspect a room against a checklist"], skills: ["Housekeeping", "Time Management"],
      },
      {
        sequence: 4, type: "course", title: "Guest Service Associate (Front Office)", courseId: "QG-04-TH-02013-2024-V1-THSC",
        description: "Arrivals, stays, complaints, departures.",
        durationWeeks: 17, providerSlug: "thsc", level: "NSQF 4", resources: null,
        nextSteps: ["Role-play one complaint a week"], skills: ["Front Office Operations", "Customer Service"],
      },
      {
        sequence: 5, type: "internship", title: "Hotel training",
        description: "Train in a hotel, with at least eight weeks at the desk.",
        durationWeeks: 16, providerSlug: null, level: "NSQF 4", resources: null,
        nextSteps: ["Learn the names of returning guests"], skills: ["Front Office Operations", "Teamwork"],
      },
      {
        sequence: 6, type: "certification", title: "Guest Service Associate assessment",
        description: "Theory, role play and a check-in against the clock.",
        durationWeeks: 2, providerSlug: "thsc", level: "NSQF 4", resources: null,
        nextSteps: ["Practise the check-in aloud"], skills: ["Front Office Operations", "Spoken English"],
      },
      {
        sequence: 7, type: "job", title: "Front Office Associate",
        description: "Hotels, hospitals and offices all need a good desk.",
        durationWeeks: 4, providerSlug: null, level: "NSQF 4", resources: null,
        nextSteps: ["Dress as if you already worked there"], skills: ["Front Office Operations", "Customer Service"],
        salaryInfo: "₹1.68–2.88 lakh a year (indicative)", companies: ["Indian Hotels Company", "ITC Hotels", "Lemon Tree Hotels", "OYO"],
      },
    ],
  },
];
