import type { StarterSkill } from "./types.js";

/** Electrical, building, green energy, vehicle and apparel skills. */
export const tradeSkills: readonly StarterSkill[] = [
  { name: "Electrical Wiring", category: "technical", keywords: ["electrician", "conduit", "switchboard"], aliases: ["Wiring", "House wiring", "Electrical installation"] },
  { name: "Earthing and Protection", category: "technical", keywords: ["electrician", "mcb", "safety"], aliases: ["Earthing", "Grounding", "Circuit protection"] },
  { name: "Electrical Measurement", category: "technical", keywords: ["multimeter", "voltage", "testing"], aliases: ["Multimeter use", "Electrical testing"] },
  { name: "Bricklaying", category: "technical", keywords: ["masonry", "mortar"], aliases: ["Brick masonry", "Brickwork"] },
  { name: "Plastering", category: "technical", keywords: ["masonry", "finish"], aliases: ["Wall plastering", "Plaster work"] },
  { name: "Tile Laying", category: "technical", keywords: ["flooring", "masonry"], aliases: ["Tiling", "Tile fixing"] },
  { name: "Pipe Fitting", category: "technical", keywords: ["plumbing", "pipes"], aliases: ["Plumbing", "Pipefitting"] },
  { name: "Sanitary Fixture Installation", category: "technical", keywords: ["plumbing", "bathroom"], aliases: ["Sanitary fittings", "Bathroom fittings"] },
  { name: "Solar PV Installation", category: "technical", keywords: ["solar", "panels", "rooftop"], aliases: ["Solar installation", "Solar panel installation", "Rooftop solar"] },
  { name: "Solar Site Survey", category: "technical", keywords: ["solar", "shading", "sizing"], aliases: ["Shadow analysis", "Solar sizing"] },
  { name: "Inverter and Battery Maintenance", category: "technical", keywords: ["solar", "backup", "power"], aliases: ["Inverter servicing", "Battery maintenance"] },
  { name: "Solar Pump Maintenance", category: "technical", keywords: ["solar", "irrigation", "pump"], aliases: ["Solar water pumping", "Solar pumps"] },
  { name: "Vehicle Servicing", category: "technical", keywords: ["car", "engine", "workshop"], aliases: ["Car servicing", "Automobile repair", "Periodic maintenance service"] },
  { name: "Brake and Suspension Repair", category: "technical", keywords: ["vehicle", "chassis"], aliases: ["Brake repair", "Suspension repair"] },
  { name: "EV Battery Handling", category: "technical", keywords: ["electric vehicle", "high voltage"], aliases: ["EV battery", "Traction battery service"] },
  { name: "EV Diagnostics", category: "technical", keywords: ["electric vehicle", "fault codes"], aliases: ["Electric vehicle diagnostics", "EV troubleshooting"] },
  { name: "Sewing", category: "technical", keywords: ["garment", "stitching"], aliases: ["Tailoring", "Stitching", "Silai"] },
  { name: "Garment Quality Inspection", category: "technical", keywords: ["garment", "defects"], aliases: ["Garment checking", "Apparel QC"] },
  { name: "Pattern Making", category: "technical", keywords: ["garment", "drafting"], aliases: ["Pattern drafting", "Pattern cutting"] },
  { name: "Fashion Sketching", category: "technical", keywords: ["design", "illustration"], aliases: ["Fashion illustration", "Design sketching"] },
];
