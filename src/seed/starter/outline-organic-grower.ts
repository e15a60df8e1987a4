import type { StarterOutline } from "./types.js";

export const organicGrowerOutline: StarterOutline = {
  courseId: "QG-04-AG-03540-2025-V2-ASCI",
  modules: [
    {
      week: 1,
      title: "Living soil",
      description: "What soil is made of, how to test it and how to feed it.",
      learningObjectives: [
        "Judge soil by simple field tests",
        "Take a sample that a laboratory can trust",
        "Make compost that is ready in time",
      ],
      topics: [
        {
          title: "Read your soil",
          estimatedMinutes: 30,
          content: `Good soil is about half solid and half space for air and water. You can learn much without a laboratory.

- **Feel:** wet a handful. Gritty is sand, silky is silt, sticky is clay. A ribbon longer than 5 cm between thumb and finger means much clay.
- **Smell:** earthy is alive, sour means too little air.
- **Count worms** in a spade of moist soil: ten or more is a good sign.
- **Water:** push a ring into the ground, fill it twice, time the second filling. Slow water shows compaction.

For figures take a laboratory sample: walk the field in a zigzag, take 10 to 15 cores at plough depth, avoid bunds, trees and manure heaps, mix, quarter, keep half a kilogram. Note field, date and last crop. Do it after harvest and before manuring.

The soil health card then tells pH, organic carbon and nutrients.

**Try it.** Do the ribbon test in three fields and rank them.`,
        },
        {
          title: "Compost and green manure",
          estimatedMinutes: 35,
          content: `Compost is food for soil life. Build the heap in layers: dry brown material (straw, dry leaves), wet green material (weeds before seed, kitchen waste), a little dung and soil. About three parts brown to one part green by volume, as moist as a wrung cloth, at least a metre high.

Within days the middle should be **55 to 65 °C**: this kills weed seeds and germs. Measure with a rod or thermometer; when it cools, turn it, outside to inside. Two or three turnings, then ripening. It is ready after two to four months, when it is dark, crumbly and smells of forest.

- Smells of ammonia: too much green, add straw.
- Stays cold: too dry or too small.

Green manure is compost that grows in place: sow dhaincha or sunn hemp before the rains and turn it in at flowering, some weeks before planting.

**Try it.** Start a heap, note its temperature every three days and draw the curve.`,
        },
      ],
    },
    {
      week: 2,
      title: "Healthy crops without poison",
      description: "Rotation, prevention and gentle means, in this order.",
      learningObjectives: [
        "Plan a rotation over three seasons",
        "Scout a field and decide by threshold",
        "Prepare and use permitted sprays safely",
      ],
      topics: [
        {
          title: "Rotation and mixed cropping",
          estimatedMinutes: 25,
          content: `The cheapest protection is a crop that the pest did not expect. Never follow a family by itself: tomato after brinjal feeds the same diseases.

A simple order: **legume** (gives nitrogen), **leaf or grain** (uses it), **root**, then legume again. Mix where it helps: marigold beside tomato traps some nematodes and draws useful insects; a border of maize or sorghum slows whiteflies and the drift from a neighbour's spraying.

Organic rules also ask for distance and time. A field normally needs two to three years of conversion before its harvest may be sold as organic, and a buffer strip towards conventional neighbours. Note every input from the first day, because nobody can reconstruct it later.

Choose varieties for resistance and local taste, with untreated seed.

**Try it.** Draw your plots and plan three seasons. Mark where a family would return too early.`,
        },
        {
          title: "Scout, decide, act",
          estimatedMinutes: 35,
          content: `Walk the field twice a week, early, in a W. At ten places look at five plants: upper and **under** sides of leaves, stems, soil. Count pests *and* their enemies: ladybirds, lacewings, spiders, parasitised eggs.

Act when the count passes the threshold advised for your crop and area, not at the first hole in a leaf.

1. **Mechanical:** collect egg masses, pheromone and sticky traps, light traps, clean field edges.
2. **Biological:** release *Trichogramma*, apply *Trichoderma* or *Bt* where permitted.
3. **Sprays:** neem-seed extract or neem oil with a little soap, in the evening, on leaf undersides.

Home-made does not mean harmless: wear gloves and mask, keep to the dose, keep it from children and water, and spare the bees by never spraying open flowers. Check that your certifier permits each product.

**Try it.** Keep a scouting sheet for four weeks. Did the enemies follow the pest?`,
        },
      ],
    },
    {
      week: 3,
      title: "From harvest to a fair price",
      description: "Records, certification and selling.",
      learningObjectives: [
        "Keep the records a certifier asks for",
        "Choose between group and third-party certification",
        "Work out a price that pays",
      ],
      topics: [
        {
          title: "Records and certification",
          estimatedMinutes: 30,
          content: `Organic is a promise that is checked on paper and in the field. Keep five lists, in any notebook that has dates:

- map of plots with neighbours and buffers;
- inputs: what, from whom, how much, where (and the bill);
- operations: sowing, manuring, spraying, weeding;
- harvest and storage by lot;
- sales by lot.

An inspector picks one sale and walks back through the lists to the plot. If each step answers, you are done in an hour.

Two roads exist in India. **PGS-India**: farmers of a group inspect each other; cheap, good for local sale. **NPOP** through an accredited body: costs more, needed for export. A producer group can share an NPOP certificate with an internal control system.

Store organic lots apart, labelled, in clean sacks that held nothing sprayed.

**Try it.** Choose one sack in your store. Can you trace it to its plot?`,
        },
        {
          title: "What must it cost?",
          estimatedMinutes: 30,
          content: `Many growers sell below cost without knowing it. Add up one crop on one acre:

| Item | Rupees |
|---|---|
| Seed, compost, sprays | 9,000 |
| Labour, **including your own days** | 22,000 |
| Water, power, machine hire | 5,000 |
| Certification share, packing, transport | 4,000 |
| Total | 40,000 |

With a harvest of 2,000 kg of which 1,600 kg sell as first grade, cost is 40,000 / 1,600 = 25 rupees a kilogram, before any profit. A trader's 24 is a loss, though it feels like cash.

Then compare outlets: farm gate, weekly market, a box scheme with fixed families, a shop, a processor. Count what each takes in time, losses and days until payment. Two or three outlets are safer than one.

**Try it.** Do the sum for your main crop and set the lowest price you may accept, before anyone asks.`,
        },
      ],
    },
  ],
};
