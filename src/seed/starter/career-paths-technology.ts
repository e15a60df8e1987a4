import type { StarterCareerPath } from "./types.js";

/** Paths into software, data, electric vehicles and solar work. */
export const technologyPaths: readonly StarterCareerPath[] = [
  {
    title: "From First Program to Junior Web Developer", jobRoleSlug: "junior-web-developer",
    durationMonthsMin: 9, durationMonthsMax: 14, levelStart: "Class 12", levelEnd: "NSQF 4",
    milestones: [
      {
        sequence: 1, type: "onboarding", title: "Choose your first project",
        description: "Decide which small site you want to have built by the end, and set aside fixed hours for it each week.",
        durationWeeks: 1, providerSlug: null, level: null, resources: "A notebook, and three sites you like to use.",
        nextSteps: ["Write down who the site is for", "List its three most important pages"], skills: ["Problem Solving"],
      },
      {
        sequence: 2, type: "course", title: "Basics of Python Programming", courseId: "NM-03-IT-03801-2025-V1-NIELIT",
        description: "Learn to think in steps with a language that is easy to read.",
        durationWeeks: 4, providerSlug: "nielit", level: "NSQF 3", resources: "Any computer with Python installed.",
        nextSteps: ["Finish every exercise", "Explain one of your programs to a friend"], skills: ["Python", "Problem Solving"],
      },
      {
        sequence: 3, type: "course", title: "Web Developer", courseId: "QG-04-IT-03650-2025-V2-NASSCOM",
        description: "Build, test and publish a complete web project.",
        durationWeeks: 24, providerSlug: "ssc-nasscom", level: "NSQF 4", resources: "A free code hosting account.",
        nextSteps: ["Publish the first page in week one", "Keep a list of what broke and why"], skills: ["HTML and CSS", "JavaScript", "REST APIs"],
      },
      {
        sequence: 4, type: "course", title: "Foundations of Cybersecurity", courseId: "NG-4.5-IT-03790-2025-V1-NASSCOM",
        description: "Know the common attacks before you put a form on the internet.",
        durationWeeks: 4, providerSlug: "ssc-nasscom", level: "NSQF 4.5", resources: null,
        nextSteps: ["Turn on two-step sign-in everywhere", "Check your project's forms"], skills: ["Cybersecurity Basics"],
      },
      {
        sequence: 5, type: "internship", title: "Internship in a web team",
        description: "Work on a real code base, with reviews, for eight to twelve weeks.",
        durationWeeks: 10, providerSlug: null, level: "NSQF 4", resources: "National Apprenticeship portal; notice boards of local firms.",
        nextSteps: ["Ask for a review of every change", "Keep a log of what you shipped"], skills: ["Git", "Teamwork"],
      },
      {
        sequence: 6, type: "certification", title: "Web Developer assessment",
        description: "Sit the sector skill council's assessment: a written part and a practical task.",
        durationWeeks: 3, providerSlug: "ssc-nasscom", level: "NSQF 4", resources: "Past project, revised against the qualification file.",
        nextSteps: ["Register for a date", "Do one timed practice task"], skills: ["HTML and CSS", "JavaScript"],
      },
      {
        sequence: 7, type: "job", title: "Junior Web Developer",
        description: "Apply with two projects and a short, honest account of your part in each.",
        durationWeeks: 8, providerSlug: null, level: "NSQF 4", resources: "A one-page résumé and a public portfolio.",
        nextSteps: ["Apply to ten openings a week", "Note every interview question"], skills: ["JavaScript", "Teamwork"],
        salaryInfo: "₹2.4–4.8 lakh a year (indicative)", companies: ["Tata Consultancy Services", "Infosys", "Zoho", "Persistent Systems"],
      },
    ],
  },
  {
    title: "From Spreadsheets to Junior Data Analyst", jobRoleSlug: "junior-data-analyst",
    durationMonthsMin: 12, durationMonthsMax: 18, levelStart: "Class 12", levelEnd: "NSQF 4.5",
    milestones: [
      {
        sequence: 1, type: "onboarding", title: "Ask a question worth answering",
        description: "Choose a subject you care about and find a public data set on it.",
        durationWeeks: 1, providerSlug: null, level: null, resources: "data.gov.in",
        nextSteps: ["Write three questions", "Guess the answers before you look"], skills: ["Problem Solving"],
      },
      {
        sequence: 2, type: "course", title: "Data Analysis Assistant", courseId: "QG-03-IT-00347-2023-V1-NIELIT",
        description: "Make messy figures trustworthy.",
        durationWeeks: 12, providerSlug: "nielit", level: "NSQF 3", resources: null,
        nextSteps: ["Clean your own data set", "Write down every change"], skills: ["Spreadsheets", "Data Cleaning"],
      },
      {
        sequence: 3, type: "course", title: "Basics of Python Programming", courseId: "NM-03-IT-03801-2025-V1-NIELIT",
        description: "Enough programming to automate the dull parts.",
        durationWeeks: 4, providerSlug: "nielit", level: "NSQF 3", resources: null,
        nextSteps: ["Rewrite one spreadsheet job as a script"], skills: ["Python"],
      },
      {
        sequence: 4, type: "course", title: "Data Analysis Associate", courseId: "QG-04-IT-00348-2023-V1-NIELIT",
        description: "Query a database and explain what you find.",
        durationWeeks: 16, providerSlug: "nielit", level: "NSQF 4", resources: null,
        nextSteps: ["Publish one analysis with its queries"], skills: ["Data Analysis", "SQL"],
      },
      {
        sequence: 5, type: "course", title: "Junior Data Analyst", courseId: "QG-4.5-IT-00349-2023-V1-NIELIT",
        description: "From figures to a dashboard that someone uses.",
        durationWeeks: 18, providerSlug: "nielit", level: "NSQF 4.5", resources: null,
        nextSteps: ["Show your dashboard to a person who decides"], skills: ["Data Visualisation", "Statistics"],
      },
      {
        sequence: 6, type: "internship", title: "Analyst internship",
        description: "Answer a weekly question for a team and present it in five minutes.",
        durationWeeks: 10, providerSlug: null, level: "NSQF 4.5", resources: null,
        nextSteps: ["Keep a portfolio of answers", "Ask how each one was used"], skills: ["Data Analysis", "Communication"],
      },
      {
        sequence: 7, type: "certification", title: "Junior Data Analyst assessment",
        description: "The institute's theory and practical examination.",
        durationWeeks: 3, providerSlug: "nielit", level: "NSQF 4.5", resources: null,
        nextSteps: ["Book a slot", "Practise on last year's data"], skills: ["Data Analysis", "SQL"],
      },
      {
        sequence: 8, type: "job", title: "Junior Data Analyst",
        description: "Apply with three short analyses that a stranger can follow.",
        durationWeeks: 8, providerSlug: null, level: "NSQF 4.5", resources: null,
        nextSteps: ["Prepare a five-minute walk through one analysis"], skills: ["Data Analysis", "Communication"],
        salaryInfo: "₹3–5.4 lakh a year (indicative)", companies: ["Mu Sigma", "Fractal Analytics", "Genpact", "Wipro"],
      },
    ],
  },
  {
    title: "Sunlight to Salary: Solar PV Technician", jobRoleSlug: "solar-pv-technician",
    durationMonthsMin: 6, durationMonthsMax: 10, levelStart: "Class 10", levelEnd: "NSQF 4",
    milestones: [
      {
        sequence: 1, type: "onboarding", title: "Heights, heat and current",
        description: "Learn what the work is like: roofs, sun, lifting and direct current. Talk to someone who does it.",
        durationWeeks: 1, providerSlug: null, level: null, resources: "A visit to a rooftop plant near you.",
        nextSteps: ["Check your fitness for work at height", "List the protective gear you need"], skills: ["Workplace Safety"],
      },
      {
        sequence: 2, type: "course", title: "Rooftop Solar PV (Installation & Maintenance)", courseId: "NG-03-PW-02710-2024-V1-DGT",
        description: "The parts of a plant and the dangers at each.",
        durationWeeks: 3, providerSlug: "dgt", level: "NSQF 3", resources: null,
        nextSteps: ["Name every part of a plant you can see from the street"], skills: ["Solar PV Installation"],
      },
      {
        sequence: 3, type: "course", title: "Solar PV Installer (Suryamitra)", courseId: "QG-04-ES-02628-2024-V2-SCGJ",
        description: "The full installer's course, from roof survey to commissioning.",
        durationWeeks: 16, providerSlug: "scgj", level: "NSQF 4", resources: null,
        nextSteps: ["Survey three roofs", "Keep all readings in one notebook"], skills: ["Solar PV Installation", "Solar Site Survey", "Earthing and Protection"],
      },
      {
        sequence: 4, type: "internship", title: "Season with an installer",
        description: "Join a crew for a season and take part in at least five installations.",
        durationWeeks: 12, providerSlug: null, level: "NSQF 4", resources: "Installers listed by your state's energy agency.",
        nextSteps: ["Photograph each stage with permission", "Ask why each cable has its size"], skills: ["Solar PV Installation", "Teamwork"],
      },
      {
        sequence: 5, type: "certification", title: "Suryamitra assessment",
        description: "Written questions, a practical task and an oral part.",
        durationWeeks: 2, providerSlug: "scgj", level: "NSQF 4", resources: null,
        nextSteps: ["Revise string calculations", "Practise the isolation sequence aloud"], skills: ["Solar PV Installation", "Workplace Safety"],
      },
      {
        sequence: 6, type: "job", title: "Solar PV Technician",
        description: "Apply to installers and to maintenance firms; the second hire all year round.",
        durationWeeks: 6, providerSlug: null, level: "NSQF 4", resources: null,
        nextSteps: ["Carry your readings notebook to the interview"], skills: ["Solar PV Installation", "Customer Service"],
        salaryInfo: "₹1.8–3 lakh a year (indicative)", companies: ["Tata Power Solar", "Waaree Energies", "Adani Solar", "Vikram Solar"],
      },
    ],
  },
  {
    title: "Into the Electric Workshop: EV Service Technician", jobRoleSlug: "ev-service-technician",
    durationMonthsMin: 9, durationMonthsMax: 14, levelStart: "Class 10", levelEnd: "NSQF 4",
    milestones: [
      {
        sequence: 1, type: "onboarding", title: "Know what 400 volts can do",
        description: "Understand why a silent vehicle can still be dangerous, and who may touch what.",
        durationWeeks: 1, providerSlug: null, level: null, resources: null,
        nextSteps: ["Learn the colour of high-voltage cables", "Find a workshop that will let you watch"], skills: ["Workplace Safety"],
      },
      {
        sequence: 2, type: "course", title: "Electric Vehicle Service Assistant", courseId: "QG-2.5-AU-00698-2023-V1.1-ASDC",
        description: "Routine checks and safe habits as a helper.",
        durationWeeks: 10, providerSlug: "asdc", level: "NSQF 2.5", resources: null,
        nextSteps: ["Learn the workshop's lock-out routine by heart"], skills: ["Vehicle Servicing", "Workplace Safety"],
      },
      {
        sequence: 3, type: "course", title: "Electric Vehicle Service Technician", courseId: "QG-04-AU-03586-2025-V2-ASDC",
        description: "Isolation, diagnosis and service of the electric drive.",
        durationWeeks: 16, providerSlug: "asdc", level: "NSQF 4", resources: null,
        nextSteps: ["Keep a list of fault codes and causes"], skills: ["EV Battery Handling", "EV Diagnostics"],
      },
      {
        sequence: 4, type: "internship", title: "Workshop apprenticeship",
        description: "Work under a lead technician on real job cards.",
        durationWeeks: 16, providerSlug: null, level: "NSQF 4", resources: "National Apprenticeship portal.",
        nextSteps: ["Complete twenty job cards", "Ask to observe a battery replacement"], skills: ["EV Diagnostics", "Teamwork"],
      },
      {
        sequence: 5, type: "certification", title: "EV Service Technician assessment",
        description: "The council's written and practical examination.",
        durationWeeks: 2, providerSlug: "asdc", level: "NSQF 4", resources: null,
        nextSteps: ["Practise isolation against the clock, safely"], skills: ["EV Battery Handling", "EV Diagnostics"],
      },
      {
        sequence: 6, type: "job", title: "EV Service Technician",
        description: "Service centres of makers and fleet operators both hire.",
        durationWeeks: 6, providerSlug: null, level: "NSQF 4", resources: null,
        nextSteps: ["Bring your job-card log"], skills: ["EV Diagnostics", "Customer Service"],
        salaryInfo: "₹1.92–3.42 lakh a year (indicative)", companies: ["Tata Motors", "Mahindra Electric Automobile", "Ather Energy", "TVS Motor Company"],
      },
    ],
  },
];
