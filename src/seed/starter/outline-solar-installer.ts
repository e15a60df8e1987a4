import type { StarterOutline } from "./types.js";

export const solarInstallerOutline: StarterOutline = {
  courseId: "QG-04-ES-02628-2024-V2-SCGJ",
  modules: [
    {
      week: 1,
      title: "Sun, roof and people",
      description: "How light becomes power, how to survey a roof and how to come home in one piece.",
      learningObjectives: [
        "Explain what a module delivers and when",
        "Survey a roof and estimate a yearly yield",
        "Work safely at height and with direct current",
      ],
      topics: [
        {
          title: "From sunlight to units",
          estimatedMinutes: 30,
          content: `A solar cell gives about half a volt; a module joins many cells in series. In full sun (1,000 W per square metre) at a cell temperature of 25 °C a 540 W module delivers 540 W. These are the *standard test conditions*, and your roof rarely meets them.

- **Heat costs power:** roughly 0.3 to 0.4 % for each degree above 25 °C. A cell on a hot roof easily reaches 60 °C.
- **Shade costs more than its area**, because cells in series share one current. Bypass diodes limit the loss to a part of the module.
- **Dust** can cost several percent between two cleanings.

Energy is power multiplied by time; one kilowatt-hour is one *unit* on the bill. As a rule of thumb a kilowatt of modules in India yields 3.5 to 5 units a day, by place and season.

**Try it.** A family uses 240 units a month. Roughly how many kilowatts cover it?`,
        },
        {
          title: "The site survey",
          estimatedMinutes: 35,
          content: `Good plants are decided before the first hole is drilled. Take a compass, a tape, a tester, a camera and a form.

1. **Need:** last twelve bills, sanctioned load, voltage, planned new appliances.
2. **Roof:** material, age, slope, direction, free area (allow about 10 square metres a kilowatt on a flat roof with rows and walkways), and whether it can carry the load. If in doubt, an engineer decides.
3. **Shade:** trees, tanks, stairs, the neighbour's next storey. Check the low winter sun, between 9 and 15 hours.
4. **Path:** where cables run, where inverter and meters hang: shaded, ventilated, out of reach of children and rain.
5. **Earth:** where the pits can go.

Draw a sketch with measures and photograph each item. In most of India modules face south, tilted at about the latitude.

**Try it.** Survey one roof and explain your sketch to someone who has never seen it.`,
        },
      ],
    },
    {
      week: 2,
      title: "Build and wire",
      description: "Structure, strings, protection and earthing.",
      learningObjectives: [
        "Size a string for an inverter",
        "Mount modules that stay put in a storm",
        "Choose protection and earth the plant",
      ],
      topics: [
        {
          title: "Strings and voltages",
          estimatedMinutes: 40,
          content: `Modules in series add their voltages; strings in parallel add their currents. The inverter sets the limits: maximum voltage, working range of the tracker, maximum current.

The dangerous moment is a **cold, bright morning**: voltage rises when cells are cold. Calculate the open-circuit voltage for the lowest temperature of the place, not for 25 °C.

*Example.* Module Voc 49.5 V, coefficient -0.27 % per degree, lowest temperature 5 °C: 20 degrees below standard raise it by 5.4 % to 52.2 V. With a limit of 600 V, at most 11 modules fit (574 V); 12 would give 626 V and may destroy the inverter.

Check the lower end too: on a hot afternoon the string must stay above the tracker's minimum.

Measure each string before you connect it: voltage, polarity, and the same value for equal strings. A difference of one module is easy to see and hard to excuse.

**Try it.** Repeat the calculation for a module in the training room and for your coldest month.`,
        },
        {
          title: "Protection, earthing, isolation",
          estimatedMinutes: 40,
          content: `Direct current does not pass through zero, so an arc does not go out by itself. Use switches, fuses and connectors **rated for DC** and never pull a connector under load.

- **Isolation order:** switch off the AC side, then the DC isolator, wait the time stated on the inverter, then prove dead with a tester that you have just checked. Modules remain live as long as there is light: cover them or treat them as live.
- **Earthing:** frames, structure and inverter are bonded together and led to earth. Follow the design and local rules for separate pits, and measure the resistance.
- **Surge protection** on DC and AC sides, with short, straight leads.
- **Labels** at each isolator and at the main board: firefighters must know there is a second source.

Working at height: harness on a sound anchor, no work in rain or high wind, nobody below, never alone.

**Try it.** Recite the isolation order to a partner, who looks for a missing step.`,
        },
      ],
    },
    {
      week: 3,
      title: "Commission and keep it running",
      description: "Measurements, hand-over and maintenance over twenty-five years.",
      learningObjectives: [
        "Commission a plant by measurements",
        "Hand it over so that the owner understands it",
        "Find the usual faults",
      ],
      topics: [
        {
          title: "Commissioning and hand-over",
          estimatedMinutes: 30,
          content: `Switch on only after the checks are written down.

| Check | What you want |
|---|---|
| Visual | Clamps tight, no cable on a sharp edge, labels there |
| Continuity of bonding | Near zero ohms |
| Insulation resistance | Above the value the standard demands |
| String voltage and polarity | As calculated, equal strings equal |
| String current | In line with today's sunlight |
| Inverter | Starts, no alarm, trips when the grid is gone |

The last one surprises owners: an ordinary grid-tied plant **stops** in a power cut, to protect line workers. Say it before they buy.

Hand over drawings, readings, serial numbers, warranties and a phone number. Show the owner how to read the day's yield and how to switch off in an emergency, and let *them* do it once.

**Try it.** Fill in a commissioning sheet for the training plant and exchange it with another pair.`,
        },
        {
          title: "Care and fault finding",
          estimatedMinutes: 30,
          content: `Maintenance is a calendar: clean early in the morning with soft water and a soft brush, never hot glass with cold water; twice a year look at clamps, cables, rodents' traces and rust; once a year measure strings and earthing and compare with the commissioning sheet.

When the yield drops, compare before you unscrew:

1. With last year's same month. Was it simply cloudy?
2. With a neighbouring plant.
3. String with string. One low string: shade, connector, diode or module.
4. All low: dirt, inverter heat, grid voltage too high (the inverter switches off and waits).

A connector that is warm to the touch is a fire in waiting; isolate and replace both halves with the same make.

Damaged or old modules go to an authorised recycler, not to the scrap heap.

**Try it.** You are told "it gives half since Diwali". Write down your first five questions.`,
        },
      ],
    },
  ],
};
