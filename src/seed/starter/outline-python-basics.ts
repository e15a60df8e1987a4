import type { StarterOutline } from "./types.js";

export const pythonBasicsOutline: StarterOutline = {
  courseId: "NM-03-IT-03801-2025-V1-NIELIT",
  modules: [
    {
      week: 1,
      title: "First programs",
      description: "Run Python, store values and make decisions.",
      learningObjectives: [
        "Run a program and read its error messages",
        "Use numbers, text and variables",
        "Let a program choose with if and else",
      ],
      topics: [
        {
          title: "Say something, keep something",
          estimatedMinutes: 20,
          content: `Python runs your lines in order, from the top.

~~~python
name = input("Your name? ")
print("Namaste,", name)
~~~

\`name\` is a variable: a label tied to a value. Text stands in quotes and is called a string; \`42\` is an integer, \`3.5\` a float. \`input\` always gives text, so a number must be converted: \`age = int(input("Age? "))\`.

Mistakes are normal. Python answers with a traceback; read its **last** line first, it names the problem, and the line above tells you where. \`NameError\` is usually a spelling mistake, \`ValueError\` often means that text was not a number.

**Try it.** Ask for a price and a quantity and print the total. Then type a word instead of a number and read the message calmly. Which line does it point to?`,
        },
        {
          title: "Decisions",
          estimatedMinutes: 25,
          content: `A condition is either \`True\` or \`False\`. Compare with \`==\`, \`!=\`, \`<\`, \`<=\`, \`>\`, \`>=\`, and combine with \`and\`, \`or\`, \`not\`.

~~~python
marks = int(input("Marks: "))
if marks >= 75:
    print("Distinction")
elif marks >= 40:
    print("Passed")
else:
    print("Try once more")
~~~

The indentation is part of the language: the lines moved to the right belong to the condition above them. Use four spaces and never mix in tabs.

The order matters. Python takes the **first** branch that is true, so put the strictest test on top. And test at the edges: what happens at exactly 75, at 40, at 0, at 101?

**Try it.** Write a bus fare: children under 5 free, under 12 half, from 60 a discount, everyone else full. Check each edge.`,
        },
      ],
    },
    {
      week: 2,
      title: "Doing it again",
      description: "Loops and the collections they walk through.",
      learningObjectives: [
        "Repeat work with for and while",
        "Keep many values in lists and dictionaries",
        "Avoid the usual off-by-one mistakes",
      ],
      topics: [
        {
          title: "Loops",
          estimatedMinutes: 25,
          content: `\`for\` walks through things you already have. \`while\` repeats as long as something is true.

~~~python
for day in range(1, 8):
    print("Day", day)

guess = ""
while guess != "7":
    guess = input("Guess: ")
~~~

\`range(1, 8)\` gives 1 to 7: the end is left out. That looks odd at first and turns out handy, because \`range(len(items))\` fits a list exactly.

A \`while\` loop must change something that its condition looks at, or it never ends. If your program hangs, stop it with Ctrl+C and ask what should have changed.

\`break\` leaves the loop, \`continue\` jumps to the next round. Use both sparingly; a clear condition reads better.

**Try it.** Print the multiplication table of a number the user gives, neatly in columns.`,
        },
        {
          title: "Lists and dictionaries",
          estimatedMinutes: 30,
          content: `A list keeps an order; a dictionary finds by key.

~~~python
prices = [40, 25, 60]
prices.append(15)
print(sum(prices) / len(prices))

stock = {"rice": 12, "dal": 5}
stock["dal"] = stock["dal"] - 1
for item, kilos in stock.items():
    print(item, kilos)
~~~

Counting in a list starts at 0, and \`prices[-1]\` is the last value. Ask \`if "rice" in stock:\` before you read a key that may be absent, or use \`stock.get("rice", 0)\`.

Which one? If you would number the things, take a list. If you would look them up by name, take a dictionary. A list of dictionaries describes most of the tables you meet at work.

**Try it.** Count how often each word occurs in a sentence. Hint: a dictionary from word to number.`,
        },
      ],
    },
    {
      week: 3,
      title: "Programs that last",
      description: "Functions, files and the habit of checking your work.",
      learningObjectives: [
        "Split a program into functions",
        "Read and write text files",
        "Check results with small tests",
      ],
      topics: [
        {
          title: "Functions",
          estimatedMinutes: 25,
          content: `A function is a named piece of work. It takes arguments and gives back a result.

~~~python
def simple_interest(amount, rate, years):
    """Interest in rupees; rate in percent a year."""
    return amount * rate * years / 100
~~~

Return a value instead of printing it, so that another part of the program can use it. Names inside a function live only there, which is a blessing: you need not worry about the rest of the program.

Good signs: the name is a verb or says what comes out, it fits on a screen, and it does one thing. When you copy three lines for the second time, make them a function.

Check it at once: \`assert simple_interest(1000, 5, 2) == 100\`. If it is silent, it is right.

**Try it.** Rewrite your bus fare as a function and add an \`assert\` for each edge.`,
        },
        {
          title: "Files and errors",
          estimatedMinutes: 30,
          content: `Data outlives a program in files.

~~~python
import csv

total = 0
with open("sales.csv", newline="", encoding="utf-8") as f:
    for row in csv.DictReader(f):
        try:
            total += float(row["amount"])
        except ValueError:
            print("Skipped:", row)
print("Total", total)
~~~

\`with\` closes the file even if something fails. Always name the encoding; Hindi or Tamil names turn into rubbish otherwise.

Catch only the error you expect and can handle. A bare \`except:\` hides your own mistakes and turns a small fault into a long evening.

Report what you skipped. A total that silently leaves out ten rows is worse than a program that stops.

**Try it.** Write a program that reads a list of expenses and prints the sum for each category, largest first.`,
        },
      ],
    },
  ],
};
